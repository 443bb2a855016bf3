//! Connections are taken in, so many at a time, and looked after until they end; slow clients are dropped, and a stop lets answers under way finish.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep, timeout};

use super::Limits;

/// How long answers under way may take when told to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long to wait when the system has no room for another connection.
const RECOVERY: Duration = Duration::from_millis(50);
/// Bytes of a request's head, and with them of its address.
const HEAD: usize = 64 * 1024;

/// Resolves when the process is told to stop: Ctrl-C, or SIGTERM.
pub(super) fn stopping() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let terminated = async move { terminate.recv().await };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated => {}
        }
    })
}

/// Takes connections in until `stop`.
pub(super) async fn accept(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let taken = tokio::select! {
            () = &mut stop => break,
            taken = take(&listener, &places) => taken,
        };
        let Some((stream, place)) = taken else { continue };
        let service = TowerToHyperService::new(app.clone());
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(limits.patience).max_buf_size(HEAD);
        let connection = graceful.watch(http.serve_connection(TokioIo::new(Patient::new(stream, limits.patience)), service));
        tokio::spawn(async move {
            // A client that breaks off or is dropped is nothing to report.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
}

type Taken = (TcpStream, tokio::sync::OwnedSemaphorePermit);

/// The next connection, when there is a place for it.
async fn take(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<Taken> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // An answer is written at once: nothing is gained by waiting for more.
            let _ = stream.set_nodelay(true);
            Some((stream, place))
        }
        Err(_) => {
            sleep(RECOVERY).await;
            None
        }
    }
}

/// A stream whose other end must not keep silent for too long while something is written to it; reading is watched by hyper and by the time of a request.
struct Patient {
    stream: TcpStream,
    patience: Duration,
    writing: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self { stream, patience, writing: None }
    }

    /// Passes on what came of an attempt to write; an attempt that hangs for too long has failed.
    fn watch<T>(&mut self, context: &mut Context<'_>, attempt: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if attempt.is_ready() {
            self.writing = None;
            return attempt;
        }
        let patience = self.patience;
        let deadline = self.writing.get_or_insert_with(|| Box::pin(sleep(patience)));
        deadline.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, attempt)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.watch(context, attempt)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let attempt = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, attempt)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let attempt = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch(context, attempt)
    }
}
