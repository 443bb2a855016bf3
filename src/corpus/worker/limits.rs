//! What a reading process may use. Set by itself, before it reads anything.
//!
//! Systems other than Unix have no such limits: there the other side's clock is the only one.

/// Memory for data, in bytes. The largest text, its tree and its blocks fit; bombs do not.
#[cfg(unix)]
const MEMORY: u64 = 400 << 20;
/// Processor time between one document and the next, in seconds.
#[cfg(unix)]
const SECONDS: u64 = 10;

/// Limits memory, and forbids to write files or dump the core.
#[cfg(unix)]
pub(super) fn set() {
    use nix::sys::resource::{Resource, setrlimit};
    // A system that refuses one of them still has the others, and the other side's clock.
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    let _ = setrlimit(Resource::RLIMIT_FSIZE, 0, 0);
    let _ = setrlimit(Resource::RLIMIT_DATA, MEMORY, MEMORY);
    #[cfg(not(target_os = "linux"))]
    let _ = setrlimit(Resource::RLIMIT_AS, 4 * MEMORY, 4 * MEMORY);
    more_time();
}

/// Grants the time for another document.
#[cfg(unix)]
pub(super) fn more_time() {
    use nix::sys::resource::{Resource, UsageWho, getrlimit, getrusage, setrlimit};
    let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else { return };
    let used = usage.user_time().tv_sec() + usage.system_time().tv_sec();
    let soft = u64::try_from(used).unwrap_or(0) + SECONDS;
    if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_CPU) {
        let _ = setrlimit(Resource::RLIMIT_CPU, soft.min(hard), hard);
    }
}

#[cfg(not(unix))]
pub(super) fn set() {}

#[cfg(not(unix))]
pub(super) fn more_time() {}
