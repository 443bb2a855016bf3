//! An index becomes pages and an HTTP interface for people and programs, and a Model Context Protocol server.
//!
//! Nothing is written anywhere: every route reads. All work on the index is done by a few threads that own an engine each ([`workers`]); what talks to
//! clients never waits for the disk. What a client sends is taken apart in [`request`], whoever the client is.

mod api;
mod connection;
mod guard;
mod mcp;
mod openapi;
mod pages;
mod problem;
mod recent;
mod request;
mod workers;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use tokio::net::TcpListener;

use crate::engine::{Depth, EngineError, Home};
use guard::Guard;
pub use mcp::speak;
use recent::Recent;
use workers::Workers;

/// Which index is served, and how it is read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where the index lives.
    pub home: Home,
    /// How far questions are read.
    pub depth: Depth,
}

/// Where and for whom is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen at; port 0 takes a free one.
    pub address: SocketAddr,
    /// Names by which clients may call this machine, beside the loopback names and the address itself.
    pub hosts: Vec<String>,
    /// What clients must show, if anything.
    pub token: Option<String>,
    /// What clients are allowed.
    pub limits: Limits,
}

/// What clients are allowed.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a client may keep silent in the middle of a request or an answer, and between two requests.
    pub patience: Duration,
    /// How long an answer may take.
    pub time: Duration,
    /// Bytes of a request's body.
    pub body: usize,
    /// Connections at a time; more wait.
    pub connections: usize,
    /// Requests that wait for a free engine; more are sent away.
    pub waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let (patience, time) = (Duration::from_secs(10), Duration::from_secs(30));
        Self { patience, time, body: 64 * 1024, connections: 256, waiting: 256 }
    }
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The index cannot be read.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The address cannot be listened at.
    #[error("{address}: {error}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives no threads.
    #[error("{0}")]
    System(io::Error),
    /// Beyond this machine only clients with a token are served.
    #[error("{address} can be reached from other machines: a token is needed")]
    Open {
        /// The address.
        address: SocketAddr,
    },
    /// A token that could be guessed.
    #[error("the token has {length} characters, {TOKEN} are needed")]
    ShortToken {
        /// How many it has.
        length: usize,
    },
}

/// Fewest characters of a token.
pub const TOKEN: usize = 16;

/// Serves pages and the interface until the process is told to stop (Ctrl-C, SIGTERM); `ready` learns the address.
///
/// # Errors
/// Where the index cannot be opened, the address cannot be listened at, or it can be reached from elsewhere and there is no token.
pub fn serve(source: &Source, options: &Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    check(options)?;
    let failed = |error| ServeError::Address { address: options.address, error };
    let workers = Arc::new(Workers::start(source, options.limits.waiting)?);
    let runtime = runtime().map_err(ServeError::System)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(options.address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = connection::stopping().map_err(failed)?;
        ready(address);
        connection::accept(listener, router(workers, options), options.limits, stop).await;
        Ok(())
    })
}

/// One thread talks to all clients; the work is done by others.
fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

fn check(options: &Options) -> Result<(), ServeError> {
    match &options.token {
        Some(token) if token.chars().count() < TOKEN => Err(ServeError::ShortToken { length: token.chars().count() }),
        None if !is_loopback(options.address.ip()) => Err(ServeError::Open { address: options.address }),
        _ => Ok(()),
    }
}

/// Whether an address is only reached from this machine, also when it is written in the other protocol.
fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// What every handler knows.
#[derive(Clone)]
struct State {
    workers: Arc<Workers>,
    recent: Arc<Recent>,
}

fn router(workers: Arc<Workers>, options: &Options) -> Router {
    let guard = Arc::new(Guard::new(options));
    let agents = mcp::service(Arc::clone(&workers), options.limits.body);
    let state = State { workers, recent: Arc::default() };
    Router::new()
        .nest("/api", api::routes())
        .merge(pages::routes())
        .with_state(state)
        .nest_service("/mcp", agents)
        .layer(DefaultBodyLimit::max(options.limits.body))
        .layer(middleware::from_fn_with_state(guard, guard::guard))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(address: &str, token: Option<&str>) -> Options {
        let address = address.parse().unwrap();
        Options { address, hosts: Vec::new(), token: token.map(str::to_owned), limits: Limits::default() }
    }

    #[test]
    fn beyond_this_machine_a_token_is_needed() {
        assert!(check(&options("127.0.0.1:0", None)).is_ok());
        assert!(check(&options("[::1]:0", None)).is_ok());
        assert!(check(&options("[::ffff:127.0.0.1]:0", None)).is_ok());
        assert!(matches!(check(&options("0.0.0.0:0", None)), Err(ServeError::Open { .. })));
        assert!(matches!(check(&options("[::]:0", None)), Err(ServeError::Open { .. })));
        assert!(matches!(check(&options("0.0.0.0:0", Some("short"))), Err(ServeError::ShortToken { length: 5 })));
        assert!(check(&options("0.0.0.0:0", Some("0123456789abcdef"))).is_ok());
    }
}
