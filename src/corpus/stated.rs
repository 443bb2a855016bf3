//! Puts what a format states about a document into its metadata: the first value given for each stays.

use jiff::civil::Date;

use super::{Metadata, Origin, Sourced};

/// Metadata being gathered from one place.
pub(super) struct Stating<'m> {
    metadata: &'m mut Metadata,
    origin: Origin,
}

impl<'m> Stating<'m> {
    /// Adds to `metadata` what stands at `origin`.
    pub(super) fn new(metadata: &'m mut Metadata, origin: Origin) -> Self {
        Self { metadata, origin }
    }

    pub(super) fn title(&mut self, words: &str) {
        put(&mut self.metadata.title, squeezed(words), self.origin);
    }

    pub(super) fn publisher(&mut self, words: &str) {
        put(&mut self.metadata.publisher, squeezed(words), self.origin);
    }

    pub(super) fn published(&mut self, date: Option<Date>) {
        put(&mut self.metadata.published, date, self.origin);
    }

    pub(super) fn updated(&mut self, date: Option<Date>) {
        put(&mut self.metadata.updated, date, self.origin);
    }

    /// The authors, where none are known yet.
    pub(super) fn authors(&mut self, names: impl IntoIterator<Item = String>) {
        if self.metadata.authors.is_empty() {
            let origin = self.origin;
            let names = names.into_iter().filter_map(|name| squeezed(&name));
            self.metadata.authors = names.map(|value| Sourced { value, origin, span: None }).collect();
        }
    }
}

fn put<T>(slot: &mut Option<Sourced<T>>, value: Option<T>, origin: Origin) {
    if slot.is_none() {
        *slot = value.map(|value| Sourced { value, origin, span: None });
    }
}

/// Runs of white space as single blanks; nothing where nothing else is there.
pub(super) fn squeezed(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// The host of an address, without `www.`; nothing where it is no web address.
pub(super) fn host(address: &str) -> Option<&str> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| address.trim().strip_prefix(scheme))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.chars().any(char::is_whitespace)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_is_told() {
        assert_eq!(host("https://www.tidewater.example/2014/ferry?x=1"), Some("tidewater.example"));
        assert_eq!(host("http://news.example:8080"), Some("news.example"));
        for none in ["ferry", "mailto:ann@example.org", "http://localhost/", ""] {
            assert_eq!(host(none), None, "{none}");
        }
    }
}
