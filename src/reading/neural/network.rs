//! Windows of token identifiers become start and end logits, by the transformer in an ONNX file.
//!
//! Each window runs alone: the dynamic quantisation scales activations by what runs together, so that a window's scores would
//! otherwise depend on its neighbours. All knowledge of the runtime stays in this file.

use rten::{Model, NodeId, ValueOrView};
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
}

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
        let model = Model::load_static_slice(onnx).map_err(|error| NetworkError::Load(error.to_string()))?;
        let node = |name: &'static str| model.node_id(name).map_err(|_| NetworkError::Missing(name));
        let inputs = [node("input_ids")?, node("attention_mask")?, node("token_type_ids")?];
        let outputs = [node("start")?, node("end")?];
        Ok(Self { model, inputs, outputs })
    }

    /// Runs one window; `None` if the runtime refuses it, which no window of known tokens makes it do.
    pub(super) fn logits(&self, window: &Window) -> Option<Logits> {
        let length = window.ids.len();
        let kinds = (0..length).map(|at| i32::from(at >= window.first)).collect();
        let rows = [window.ids.clone(), vec![1; length], kinds];
        let inputs = self.inputs.into_iter().zip(rows).map(|(node, row)| (node, input(length, row))).collect();
        let [start, end] = self.model.run_n(inputs, self.outputs, None).ok()?;
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
