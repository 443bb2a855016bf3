//! Requests to whichever node answers, and answers that are whole.
//!
//! Every request of ours may be sent twice without harm. So one that a node did not take, or answered with something that another node or
//! another moment may do better, is sent again: to the next node at once, and after a round of all of them with a growing pause.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use ureq::http::{Request, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

use super::answers::{Failure, Whole};
use super::cluster::Credentials;
use crate::index::error::IndexError;

/// How long a request is tried again before its failure is believed: longer than a cluster needs to notice that a node is gone, and than two tries
/// that hang on it ([`TRY`]).
pub(super) const PATIENCE: Duration = Duration::from_secs(180);
/// The same while no node has answered anything yet: the address may be wrong.
const FIRST: Duration = Duration::from_secs(6);
/// How long one try may take: a bulk of five megabytes on a busy machine takes seconds.
const TRY: Duration = Duration::from_secs(60);
/// How long a node may take to pick up.
const CONNECT: Duration = Duration::from_secs(3);
/// The first pause after all nodes have failed; each is twice as long as the one before, up to [`LONGEST_PAUSE`].
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Bytes of the longest answer that is read.
const LONGEST: u64 = 256 << 20;
/// Characters of an answer that a message quotes.
const QUOTED: usize = 300;

/// What is done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// The nodes of a cluster.
pub(super) struct Client {
    agent: Agent,
    nodes: Vec<String>,
    authorization: Option<String>,
    /// The node that answered last.
    current: AtomicUsize,
    patience: Duration,
    /// Whether any node ever answered.
    answered: AtomicBool,
}

/// What came of one try.
enum Tried<T> {
    Done(T),
    /// Something that another try will not mend.
    Refused(IndexError),
    /// Something that may pass.
    Passing(IndexError),
}

impl Client {
    pub(super) fn new(nodes: Vec<String>, credentials: &Credentials, authority: Option<&PathBuf>) -> Result<Self, IndexError> {
        let authorization = match credentials {
            Credentials::None => None,
            Credentials::Basic { user, password } => Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))),
            Credentials::ApiKey(key) => Some(format!("ApiKey {key}")),
        };
        let roots = authority.map_or(Ok(RootCerts::WebPki), certificates)?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(TRY))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Ok(Self {
            agent: agent.into(),
            nodes,
            authorization,
            current: AtomicUsize::new(0),
            patience: PATIENCE,
            answered: AtomicBool::new(false),
        })
    }

    /// The nodes' addresses, without secrets.
    pub(super) fn nodes(&self) -> &[String] {
        &self.nodes
    }

    /// The same, giving up sooner.
    #[cfg(test)]
    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Sends a request until a whole answer comes back. `None` where there is no such thing (404).
    pub(super) fn find<T: Whole + DeserializeOwned>(&self, method: Method, path: &str, body: &[u8]) -> Result<Option<T>, IndexError> {
        let begun = Instant::now();
        let mut pause = PAUSE;
        let mut failed = 0;
        loop {
            let node = self.current.load(Ordering::Relaxed) % self.nodes.len().max(1);
            let address = self.nodes.get(node).map_or("", String::as_str);
            let error = match self.tried(address, method, path, body) {
                Tried::Done(answer) => return Ok(answer),
                Tried::Refused(error) => return Err(error),
                Tried::Passing(error) => error,
            };
            let patience = if self.answered.load(Ordering::Relaxed) { self.patience } else { self.patience.min(FIRST) };
            if begun.elapsed() >= patience {
                return Err(error);
            }
            self.current.store((node + 1) % self.nodes.len().max(1), Ordering::Relaxed);
            failed += 1;
            if failed % self.nodes.len().max(1) == 0 {
                std::thread::sleep(pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    /// As [`Client::find`], for what must be there.
    pub(super) fn ask<T: Whole + DeserializeOwned>(&self, method: Method, path: &str, body: &[u8]) -> Result<T, IndexError> {
        self.find(method, path, body)?.ok_or_else(|| {
            let cause = format!("{} {path}: there is no such index", method.name());
            IndexError::engine_fault(self.node(), &cause, "build it again with `sayso index PATH… --rebuild`")
        })
    }

    /// The node asked last.
    pub(super) fn node(&self) -> &str {
        self.nodes.get(self.current.load(Ordering::Relaxed) % self.nodes.len().max(1)).map_or("", String::as_str)
    }

    fn tried<T: Whole + DeserializeOwned>(&self, node: &str, method: Method, path: &str, body: &[u8]) -> Tried<Option<T>> {
        let (status, bytes) = match self.send(node, method, path, body) {
            Ok(answer) => answer,
            Err(error) => return transport(node, &error),
        };
        self.answered.store(true, Ordering::Relaxed);
        let fault = |cause: String, step: &str| IndexError::engine_fault(node, &format!("{} {path}: {cause}", method.name()), step);
        match status {
            200..=299 => match serde_json::from_slice::<T>(&bytes) {
                Ok(answer) => match answer.fault() {
                    None => Tried::Done(Some(answer)),
                    Some(cause) => Tried::Passing(fault(cause, "see whether the cluster is well, and try again")),
                },
                Err(error) => Tried::Refused(fault(format!("not the answer of a search engine ({error})"), "check the address")),
            },
            404 if Failure::read(&bytes).is_some_and(|failure| failure.is_absence()) => Tried::Done(None),
            409 if T::CONFLICTS => match serde_json::from_slice(&T::conflict()) {
                Ok(answer) => Tried::Done(Some(answer)),
                Err(error) => Tried::Refused(fault(error.to_string(), "try again")),
            },
            401 | 403 => Tried::Refused(fault(reason(status, &bytes), "check user and password, or the API key, and what they may do")),
            429 | 502 | 503 | 504 => Tried::Passing(fault(reason(status, &bytes), "see whether the cluster is well, and try again")),
            _ if Failure::read(&bytes).is_some_and(|failure| failure.is_passing()) => {
                Tried::Passing(fault(reason(status, &bytes), "see whether the cluster is well, and try again"))
            }
            _ => Tried::Refused(fault(reason(status, &bytes), "check the address and the engine's version")),
        }
    }

    fn send(&self, node: &str, method: Method, path: &str, body: &[u8]) -> Result<(u16, Vec<u8>), ureq::Error> {
        let mut request = Request::builder().method(method.name()).uri(format!("{node}/{path}")).header("Accept", "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let mut response: Response<Body> = match method {
            Method::Get | Method::Delete => self.agent.run(request.body(())?)?,
            Method::Post | Method::Put => {
                let lines = path.contains("/_bulk") || path.contains("/_msearch");
                let kind = if lines { "application/x-ndjson" } else { "application/json" };
                self.agent.run(request.header("Content-Type", kind).body(body)?)?
            }
        };
        let bytes = response.body_mut().with_config().limit(LONGEST).read_to_vec()?;
        Ok((response.status().as_u16(), bytes))
    }
}

/// The certificates of a file.
fn certificates(file: &PathBuf) -> Result<RootCerts, IndexError> {
    let bytes = std::fs::read(file).map_err(IndexError::io(file))?;
    let certificates: Vec<Certificate<'static>> = parse_pem(&bytes)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        let step = "give the certificate of the authority that signed the nodes' own, as PEM";
        return Err(IndexError::engine_fault(&file.display().to_string(), "no certificate is in it", step));
    }
    Ok(RootCerts::Specific(Arc::new(certificates)))
}

/// What a failure of the transport means.
fn transport<T>(node: &str, error: &ureq::Error) -> Tried<T> {
    let fault = |step: &str| IndexError::engine_fault(node, &error.to_string(), step);
    match error {
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => {
            Tried::Refused(fault("check the certificates; those of an authority of your own go into --engine-ca FILE"))
        }
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::BodyExceedsLimit(_) => Tried::Refused(fault("check the address")),
        _ => Tried::Passing(fault("check that the engine runs and the address is right")),
    }
}

/// What an answer gives as its reason.
fn reason(status: u16, bytes: &[u8]) -> String {
    let plain = || String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).take(QUOTED).collect::<String>();
    format!("status {status}: {}", Failure::read(bytes).map_or_else(plain, |failure| failure.to_string()))
}
