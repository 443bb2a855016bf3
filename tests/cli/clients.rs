//! Clients that others wrote: a real browser walks the pages, the official Python client speaks to the tools. Each is skipped, and says so, where
//! it is not installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::folder::Folder;
use super::serving::Server;

/// A document that tries what a page must not let it do.
const HOSTILE: &str = "<script>alert(1)</script> Weekly

<img src=x onerror=alert(2)> mill opens

By <b>Hester</b> Quill
4 March 2014

\"</blockquote><script>alert(3)</script> It is open,\" said \u{202E}Ann Marlow, a baker.

AVeryLongWordThatNoPhoneIsWideEnoughForAVeryLongWordThatNoPhoneIsWideEnoughForAVeryLongWordThatNoPhoneIsWideEnoughFor was written on the door.
";

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A program by its name, where it is installed.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name))).find(|file| file.is_file())
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("docs/hostile.txt", HOSTILE.as_bytes());
    assert!(folder.run(&["index", "docs"]).status.success());
    folder
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn a_browser_walks_every_view() {
    let (browser, node) = (program(&["chromium", "chromium-browser", "google-chrome"]), program(&["node"]));
    let ready = tests().join("pages/node_modules/puppeteer-core").is_dir();
    let (Some(browser), Some(node), true) = (browser, node, ready) else {
        eprintln!("SKIPPED: needs chromium, node, and `npm install` in tests/pages");
        return;
    };
    let folder = folder();
    let server = Server::start(&folder, &[]);
    let mut command = Command::new(node);
    command.current_dir(tests().join("pages")).arg("walk.mjs").arg(format!("http://{}", server.address())).arg(browser);
    // A build without optimization answers in its own time.
    let output = command.args(std::env::var_os("SAYSO_SCREENSHOTS")).env("SAYSO_SLOW", "1").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn the_official_client_speaks_to_the_tools() {
    let named = std::env::var_os("SAYSO_PYTHON").map(PathBuf::from);
    let python = named.or_else(|| program(&["python3"])).filter(|python| {
        let known = Command::new(python).args(["-c", "import mcp"]).stderr(Stdio::null()).status();
        known.is_ok_and(|status| status.success())
    });
    let Some(python) = python else {
        eprintln!("SKIPPED: needs a Python with the package `mcp` (SAYSO_PYTHON names it)");
        return;
    };
    let folder = folder();
    let mut command = Command::new(python);
    command.arg(tests().join("agents/client.py")).arg(assert_cmd::cargo::cargo_bin("sayso")).arg(folder.path().join("index"));
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
