//! Requests are let in or sent away before anything is done for them: Host, Origin, token, time. Answers leave with the headers that keep a browser
//! from doing anything but showing them.
//!
//! A page of another site can make a browser send requests here, and a name of its own may be made to lead here (DNS rebinding); such requests name another
//! host or origin than this server's, and are refused.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::{Options, pages};

/// Who is let in.
pub(super) struct Guard {
    hosts: Vec<String>,
    token: Option<[u8; 32]>,
    time: Duration,
}

impl Guard {
    pub(super) fn new(options: &Options) -> Self {
        let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        let own = options.address.ip();
        if !own.is_unspecified() {
            hosts.push(written(own));
        }
        hosts.extend(options.hosts.iter().map(|host| host.trim().to_ascii_lowercase()));
        Self { hosts, token: options.token.as_deref().map(fingerprint), time: options.limits.time }
    }

    /// Why a request is sent away.
    fn refuse(&self, uri: &Uri, headers: &HeaderMap) -> Option<Problem> {
        let forbidden = |message: &str, hint: &str| Some(Problem::new(StatusCode::FORBIDDEN, "forbidden", message).hint(hint));
        let Some(authority) = authority(uri, headers) else {
            return Some(Problem::usage("the request names no host, or several"));
        };
        if !self.is_known(&authority) {
            return forbidden("this server does not go by that name", "`sayso serve --allow-host NAME` adds one");
        }
        if headers.get_all(header::ORIGIN).iter().any(|origin| !is_own(origin, &authority)) {
            return forbidden("requests from pages of other sites are refused", "open this server's own pages");
        }
        if is_cross_site(headers) {
            return forbidden("requests from pages of other sites are refused", "open this server's own pages");
        }
        let refused = self.token.is_some_and(|token| !shows(headers, &token));
        refused.then(|| {
            Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", "a token is needed").hint("as the password, or as a bearer token")
        })
    }

    fn is_known(&self, authority: &str) -> bool {
        let host = without_port(authority);
        self.hosts.iter().any(|known| known == host || known == authority)
    }
}

/// An address as it stands in front of a port.
fn written(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// The host (with its port) a request names, in lower case: one, in the header or in the address, or the same in both.
fn authority(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let mut named: Vec<String> =
        headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default().to_ascii_lowercase()).collect();
    named.extend(uri.authority().map(|authority| authority.as_str().to_ascii_lowercase()));
    named.dedup();
    match named.as_slice() {
        [one] if !one.is_empty() => Some(one.clone()),
        _ => None,
    }
}

/// A host without the port behind it.
fn without_port(authority: &str) -> &str {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) && host.parse::<Ipv6Addr>().is_err() => host,
        _ => authority,
    }
}

/// Whether an origin is this server's own: the host and port the request is for, behind whatever scheme a proxy speaks.
fn is_own(origin: &HeaderValue, authority: &str) -> bool {
    let origin = origin.to_str().unwrap_or_default().to_ascii_lowercase();
    origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(authority)
}

/// Whether a page of another site makes the browser ask, other than by a link that a person followed.
fn is_cross_site(headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|found| found == value);
    says("sec-fetch-site", "cross-site") && !says("sec-fetch-mode", "navigate")
}

/// What a token is compared by: comparing digests tells nothing about how much of a token was right.
fn fingerprint(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Whether the request shows the token: as a bearer token, or as the password of whatever user.
fn shows(headers: &HeaderMap, token: &[u8; 32]) -> bool {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, rest) = value.split_once(' ').unwrap_or_default();
    let shown = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(rest.trim().to_owned()),
        "basic" => password(rest.trim()),
        _ => None,
    };
    shown.is_some_and(|shown| fingerprint(&shown) == *token)
}

/// The password in the words of basic authentication (RFC 7617).
fn password(encoded: &str) -> Option<String> {
    let words = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    words.split_once(':').map(|(_, password)| password.to_owned())
}

/// Lets a request in or sends it away.
pub(super) async fn guard(State(guard): State<Arc<Guard>>, request: Request<Body>, next: Next) -> Response {
    let for_program = is_for_programs(request.uri());
    let method = request.method().clone();
    let refused = guard.refuse(request.uri(), request.headers());
    let answered = match refused {
        Some(problem) => Err(problem),
        None => tokio::time::timeout(guard.time, next.run(request)).await.map_err(|_| Problem::slow()),
    };
    let response = answered.unwrap_or_else(|problem| shown(problem, for_program));
    protected(response, &method)
}

/// Whether a program is talked to rather than a person.
pub(super) fn is_for_programs(uri: &Uri) -> bool {
    ["/api/", "/mcp"].iter().any(|prefix| uri.path().starts_with(prefix)) || uri.path() == "/api"
}

/// A problem as its reader wants it.
pub(super) fn shown(problem: Problem, for_program: bool) -> Response {
    let unauthorized = problem.status == StatusCode::UNAUTHORIZED;
    let mut response = if for_program { problem.into_json() } else { pages::problem(&problem) };
    if unauthorized {
        let challenge = HeaderValue::from_static("Basic realm=\"sayso\", charset=\"UTF-8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// What a browser may do with a page: show it, with this server's style, and send its forms back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn protected(mut response: Response, method: &Method) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) || method == Method::POST {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Limits;

    fn check(headers: &[(&str, &str)], token: Option<&str>, expected: Option<u16>) {
        let options = Options {
            address: "192.0.2.7:80".parse().unwrap(),
            hosts: vec!["Archive.example".to_owned()],
            token: token.map(str::to_owned),
            limits: Limits::default(),
        };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let refused = Guard::new(&options).refuse(&Uri::from_static("/"), &map);
        assert_eq!(refused.map(|problem| problem.status.as_u16()), expected, "{headers:?}");
    }

    #[test]
    fn only_this_servers_names_are_answered_to() {
        for host in
            ["localhost", "localhost:8080", "127.0.0.1:9", "[::1]:80", "[::1]", "192.0.2.7", "archive.example:80", "ARCHIVE.example"]
        {
            check(&[("host", host)], None, None);
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80", "192.0.2.8", "localhost:80:80"]
        {
            check(&[("host", host)], None, Some(403));
        }
        check(&[], None, Some(400));
        check(&[("host", "")], None, Some(400));
        check(&[("host", "localhost"), ("host", "evil.example")], None, Some(400));
    }

    #[test]
    fn other_sites_are_refused() {
        let host = ("host", "localhost:8080");
        check(&[host, ("origin", "http://localhost:8080")], None, None);
        check(&[host, ("origin", "https://LOCALHOST:8080")], None, None);
        for origin in
            ["http://evil.example", "null", "http://localhost:3000", "http://localhost:8080.evil.example", "file://localhost:8080"]
        {
            check(&[host, ("origin", origin)], None, Some(403));
        }
        check(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], None, Some(403));
        check(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], None, None);
    }

    #[test]
    fn a_token_is_a_password_or_a_bearer_token() {
        let host = ("host", "localhost");
        let token = Some("correct horse: battery");
        check(&[host], token, Some(401));
        check(&[host, ("authorization", "Bearer correct horse: battery")], token, None);
        check(&[host, ("authorization", "bearer wrong")], token, Some(401));
        check(&[host, ("authorization", "Basic dXNlcjpjb3JyZWN0IGhvcnNlOiBiYXR0ZXJ5")], token, None);
        check(&[host, ("authorization", "Basic dXNlcjp3cm9uZw==")], token, Some(401));
        check(&[host, ("authorization", "Basic %%")], token, Some(401));
    }
}
