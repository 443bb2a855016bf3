//! An address as people write it becomes a [`Cluster`]: its nodes, the name of the index, and who is asking.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::http::Client;
use crate::index::error::IndexError;

/// The name of an index where the address gives none.
const NAME: &str = "sayso";
/// Bytes of the longest name, so that those of the stores fit the engine's 255.
const LONGEST_NAME: usize = 200;

/// Who is asking.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Credentials {
    /// Nobody in particular.
    #[default]
    None,
    /// A user with a password.
    Basic {
        /// The user's name.
        user: String,
        /// The password.
        password: String,
    },
    /// An API key, as the engine gave it out (encoded).
    ApiKey(String),
}

/// Secrets are never printed.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic",
            Self::ApiKey(_) => "ApiKey",
        })
    }
}

/// An index on a cluster of search engines.
#[derive(Clone)]
pub struct Cluster {
    /// The name of the index.
    pub(super) name: String,
    /// Primary shards of a store that is begun.
    pub(super) shards: u32,
    /// Copies of each shard beside the primary.
    pub(super) replicas: u32,
    pub(super) client: Arc<Client>,
}

impl PartialEq for Cluster {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.client.nodes()) == (&other.name, other.client.nodes())
    }
}

impl Eq for Cluster {}

impl std::fmt::Debug for Cluster {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Cluster").field("nodes", &self.client.nodes()).field("name", &self.name).finish_non_exhaustive()
    }
}

impl std::fmt::Display for Cluster {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.client.nodes().first().map_or("", String::as_str), self.name)
    }
}

impl Cluster {
    /// The index at these addresses, each `http(s)://[USER:PASSWORD@]HOST[:PORT][/PREFIX…][/NAME]`: nodes of one cluster, any of which
    /// may be asked. `authority` is a file of certificates (PEM) that may have signed the nodes' own.
    ///
    /// # Errors
    /// [`IndexError::Engine`] where an address is none, they name different indexes, or the certificates cannot be read.
    pub fn new(addresses: &[String], credentials: Credentials, authority: Option<&Path>) -> Result<Self, IndexError> {
        let mut nodes = Vec::with_capacity(addresses.len());
        let (mut name, mut credentials) = (None::<String>, credentials);
        for address in addresses.iter().map(|address| address.trim()).filter(|address| !address.is_empty()) {
            let parsed = Parsed::new(address)?;
            if let Some(own) = parsed.name {
                if name.as_ref().is_some_and(|known| *known != own) {
                    return Err(unusable(&own, "the addresses name different indexes"));
                }
                name = Some(own);
            }
            if let (Some(own), Credentials::None) = (parsed.credentials, &credentials) {
                credentials = own;
            }
            if !nodes.contains(&parsed.node) {
                nodes.push(parsed.node);
            }
        }
        if nodes.is_empty() {
            return Err(unusable("", "no address is given"));
        }
        let client = Client::new(nodes, &credentials, authority.map(Path::to_owned).as_ref())?;
        Ok(Self { name: name.unwrap_or_else(|| NAME.to_owned()), shards: 3, replicas: 1, client: Arc::new(client) })
    }

    /// The same, its stores begun with so many primary shards and copies of each.
    #[must_use]
    pub fn with_shards(self, shards: u32, replicas: u32) -> Self {
        Self { shards: shards.max(1), replicas, ..self }
    }

    /// The engine's name for the entries of a store.
    pub(super) fn store(&self, store: &str) -> String {
        format!("{}-{store}", self.name)
    }

    /// What messages call it.
    pub(in crate::index) fn path(&self) -> PathBuf {
        PathBuf::from(self.to_string())
    }
}

/// One address, taken apart.
struct Parsed {
    node: String,
    name: Option<String>,
    credentials: Option<Credentials>,
}

impl Parsed {
    fn new(address: &str) -> Result<Self, IndexError> {
        let (scheme, rest) = address.split_once("://").ok_or_else(|| unusable(address, "it begins with neither http:// nor https://"))?;
        let scheme = scheme.to_ascii_lowercase();
        if !["http", "https"].contains(&scheme.as_str()) {
            return Err(unusable(address, "it begins with neither http:// nor https://"));
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        let shown = format!("{scheme}://{host}");
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '\\' | '"' | '<' | '>');
        if host.is_empty() || host.contains(odd) || path.contains(odd) {
            return Err(unusable(&shown, "it is no address of a host and an index"));
        }
        let (prefix, name) = path.trim_end_matches('/').rsplit_once('/').unwrap_or(("", path.trim_end_matches('/')));
        let name = (!name.is_empty()).then(|| name.to_owned());
        if let Some(fault) = name.as_deref().and_then(fault) {
            return Err(unusable(&shown, fault));
        }
        let prefix = if prefix.is_empty() { String::new() } else { format!("/{}", prefix.trim_matches('/')) };
        let credentials = user.map(|user| {
            let (user, password) = user.split_once(':').unwrap_or((user, ""));
            Credentials::Basic { user: decoded(user), password: decoded(password) }
        });
        Ok(Self { node: format!("{shown}{prefix}"), name, credentials })
    }
}

/// What is wrong with a name, by the engine's rules.
fn fault(name: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    if !name.chars().all(plain) {
        return Some("an index's name is made of small letters, digits, `-`, `_` and `.`");
    }
    let first = name.starts_with(['-', '_', '.']);
    (first || name.len() > LONGEST_NAME).then_some("an index's name begins with a letter or digit and has 200 characters at most")
}

/// Undoes the coding of characters as `%` and two digits.
fn decoded(words: &str) -> String {
    percent_decode_str(words).decode_utf8_lossy().into_owned()
}

fn unusable(address: &str, cause: &str) -> IndexError {
    let address = if address.is_empty() { "--engine" } else { address };
    IndexError::engine_fault(address, cause, "write http://HOST:PORT or http://HOST:PORT/NAME, several with commas between them")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(addresses: &[&str]) -> Result<(Vec<String>, String), String> {
        let addresses: Vec<String> = addresses.iter().map(|&address| address.to_owned()).collect();
        let cluster = Cluster::new(&addresses, Credentials::None, None).map_err(|error| error.to_string())?;
        Ok((cluster.client.nodes().to_vec(), cluster.name))
    }

    #[test]
    fn addresses_name_nodes_and_one_index() {
        let two = nodes(&["http://a:9200/news", "http://b:9200"]).unwrap();
        assert_eq!(two, (vec!["http://a:9200".to_owned(), "http://b:9200".to_owned()], "news".to_owned()));
        assert_eq!(nodes(&["HTTPS://search.example.org/es/archive/"]).unwrap().0, ["https://search.example.org/es"]);
        assert_eq!(nodes(&["http://localhost:9200"]).unwrap().1, "sayso");
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_next_step() {
        for wrong in ["localhost:9200", "ftp://a", "http://", "http://a b", "http://a/News", "http://a/_all", "http://a/x?y", "http://a/x*"]
        {
            let error = nodes(&[wrong]).unwrap_err();
            assert!(error.contains("http://HOST:PORT/NAME"), "{wrong}: {error}");
        }
        assert!(nodes(&["http://a/one", "http://b/two"]).unwrap_err().contains("different indexes"));
        assert!(nodes(&[]).is_err());
    }

    #[test]
    fn passwords_are_not_shown() {
        let cluster = Cluster::new(&["https://me:s%3Acret@a/news".to_owned()], Credentials::None, None).unwrap();
        assert_eq!(cluster.to_string(), "https://a/news");
        assert!(!format!("{cluster:?}").contains("cret"));
        assert_eq!(decoded("s%3Acret%"), "s:cret%");
    }
}
