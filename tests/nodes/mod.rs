//! A cluster of three nodes for the tests that need one: started, told what to lose, stopped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A cluster of three nodes that goes when the value does.
pub(crate) struct Nodes {
    script: PathBuf,
    folder: PathBuf,
}

/// Where the nodes answer.
pub(crate) const NODES: [&str; 3] = ["http://127.0.0.1:9311", "http://127.0.0.1:9312", "http://127.0.0.1:9313"];

impl Nodes {
    /// Starts one; `None`, with a line that says why, where that cannot be done.
    pub(crate) fn start() -> Option<Self> {
        let named = std::env::var_os("SAYSO_TEST_CLUSTER").map(PathBuf::from);
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).map(|folder| folder.join("shared/engine/cluster"));
        let Some(script) = named.into_iter().chain(above).find(|script| script.is_file()) else {
            eprintln!("SKIPPED: no ../shared/engine/cluster; the contract was checked on tantivy alone");
            return None;
        };
        if std::net::TcpStream::connect("127.0.0.1:9311").is_ok() {
            eprintln!("SKIPPED: something listens on port 9311 already; the contract was checked on tantivy alone");
            return None;
        }
        let nodes = Self { script, folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("cluster") };
        for home in ["home1", "home2", "home3"] {
            let _ = fs::remove_dir_all(nodes.folder.join(home));
        }
        if nodes.run(&["up"], None) && anywhere() {
            return Some(nodes);
        }
        eprintln!(
            "SKIPPED: the cluster could not be started (it needs pip, unzip, curl and a JDK 17); the contract was checked on tantivy alone"
        );
        None
    }

    /// Runs the cluster's script; whether it went well.
    pub(crate) fn run(&self, verb: &[&str], node: Option<usize>) -> bool {
        let mut command = Command::new("bash");
        command.arg(&self.script).args(verb).arg(&self.folder).args(node.map(|node| node.to_string()));
        // Its nodes stay in the background: they must not hold our streams open.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

/// Lets the cluster put its shards on a disk however full: the share that is used says nothing of the room these tests need.
fn anywhere() -> bool {
    let setting = "{\"transient\":{\"cluster.routing.allocation.disk.threshold_enabled\":false}}";
    curl(&["-X", "PUT", "-H", "Content-Type: application/json", "-d", setting], "_cluster/settings")
}

/// Waits until all nodes are there and hold their copies: one node is to be lost at a time, however slowly one starts.
pub(crate) fn is_whole() -> bool {
    curl(&[], "_cluster/health?wait_for_status=green&wait_for_nodes=3&timeout=180s")
}

fn curl(options: &[&str], path: &str) -> bool {
    let mut command = Command::new("curl");
    command.arg("-fsS").args(options).arg(format!("{}/{path}", NODES[0])).stdin(Stdio::null()).stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.run(&["down"], None);
    }
}
