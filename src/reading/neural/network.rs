//! Windows of token identifiers become start and end logits, by the transformer in an ONNX file.
//!
//! Each window runs alone: the dynamic quantisation scales activations by what runs together, so that a window's scores would
//! otherwise depend on its neighbours. Several run at once instead, each on one thread: the matrices are too small to share out.
//! All knowledge of the runtime stays in this file.

use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::window::Window;

/// Why the embedded network could not be used.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The bytes are not a network the runtime can load.
    #[error("the reader's network cannot be loaded: {0}")]
    Load(String),
    /// An input or output the reader needs is not in the network, or the vocabulary lacks a separator.
    #[error("the reader's network has no `{0}`")]
    Missing(&'static str),
}

/// The transformer.
pub(super) struct Network {
    model: Model,
    inputs: [NodeId; 3],
    outputs: [NodeId; 2],
    /// One thread each.
    pools: Vec<Arc<ThreadPool>>,
}

/// Windows that run at once, at most.
const MOST_AT_ONCE: usize = 8;

/// The logits of one window, one for each of its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Logits {
    pub(super) start: Vec<f32>,
    pub(super) end: Vec<f32>,
}

impl Network {
    /// Loads the network from the bytes of an ONNX file.
    ///
    /// # Errors
    ///
    /// If the bytes are no network, or one without the inputs and outputs of a span reader.
    pub(super) fn load(onnx: &'static [u8]) -> Result<Self, NetworkError> {
        // Weights are laid out for multiplication once, not with every window.
        let options = ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(onnx);
        let model = options.map_err(|error| NetworkError::Load(error.to_string()))?;
        let node = |name: &'static str| model.node_id(name).map_err(|_| NetworkError::Missing(name));
        let inputs = [node("input_ids")?, node("attention_mask")?, node("token_type_ids")?];
        let outputs = [node("start")?, node("end")?];
        let cores = thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE);
        let pools = (0..cores).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        Ok(Self { model, inputs, outputs, pools })
    }

    /// Runs windows, the longest first; their logits in the order of the windows, `None` for one that the runtime refuses, which no
    /// window of known tokens makes it do.
    pub(super) fn logits(&self, windows: &[Window]) -> Vec<Option<Logits>> {
        let mut order: Vec<(usize, &Window)> = windows.iter().enumerate().collect();
        order.sort_by_key(|(_, window)| Reverse(window.ids.len()));
        let next = AtomicUsize::new(0);
        let (order, next) = (&order, &next);
        let found: Vec<(usize, Option<Logits>)> = thread::scope(|scope| {
            let start = |pool: &Arc<ThreadPool>| {
                let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
                let take = move || order.get(next.fetch_add(1, Ordering::Relaxed));
                scope.spawn(move || {
                    let run = |&(at, window): &(usize, &Window)| (at, self.run(window, options.clone()));
                    std::iter::from_fn(take).map(run).collect::<Vec<_>>()
                })
            };
            let threads: Vec<_> = self.pools.iter().take(windows.len()).map(start).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
        });
        let mut all = vec![None; windows.len()];
        for (at, logits) in found {
            if let Some(slot) = all.get_mut(at) {
                *slot = logits;
            }
        }
        all
    }

    fn run(&self, window: &Window, options: RunOptions) -> Option<Logits> {
        let length = window.ids.len();
        let kinds = (0..length).map(|at| i32::from(at >= window.first)).collect();
        let rows = [window.ids.clone(), vec![1; length], kinds];
        let inputs = self.inputs.into_iter().zip(rows).map(|(node, row)| (node, input(length, row))).collect();
        let [start, end] = self.model.run_n(inputs, self.outputs, Some(options)).ok()?;
        Some(Logits { start: output(start)?, end: output(end)? })
    }
}

fn input(length: usize, row: Vec<i32>) -> ValueOrView<'static> {
    NdTensor::from_data([1, length], row).into()
}

fn output(value: rten::Value) -> Option<Vec<f32>> {
    let tensor: NdTensor<f32, 2> = value.try_into().ok()?;
    Some(tensor.to_vec())
}
