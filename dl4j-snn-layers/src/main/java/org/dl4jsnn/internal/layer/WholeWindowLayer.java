package org.dl4jsnn.internal.layer;

import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer whose window begins and ends with the pass. Deeplearning4j asks recurrent layers alone to
 * go on from an earlier pass, and runs all others as if nothing had come before; so this is a
 * recurrent layer that refuses to.
 *
 * <p>The one place that knows how Deeplearning4j goes about it: {@code rnnTimeStep} calls {@link
 * #rnnTimeStep}, truncated backpropagation {@link #rnnActivateUsingStoredState}, or nothing at all
 * (see {@link SkippedMinibatches}).
 */
abstract class WholeWindowLayer extends AbstractLayer<Layer> implements RecurrentLayer {

  private static final long serialVersionUID = 1L;

  WholeWindowLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /** The layer as messages name it. */
  abstract String name();

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    throw noState("rnnTimeStep");
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    throw noState("rnnGetPreviousState");
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    throw noState("rnnSetPreviousState");
  }

  @Override
  public void rnnClearPreviousState() {
    // There is none.
  }

  private IllegalStateException noState(String method) {
    return new IllegalStateException(
        name()
            + ": "
            + method
            + " must not be called on a spiking network, which keeps no state between calls: every"
            + " call would answer as if the series began there. Give output() the whole series,"
            + " [minibatch, n, T] or [minibatch, channels, T, height, width] with"
            + " SpikeEncoding.frames(); OutputOverTime has the answer after every step. Another"
            + " possible cause: backpropType is TruncatedBPTT, under which evaluate() calls"
            + " rnnTimeStep; remove it");
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeForTbptt, LayerWorkspaceMgr workspaces) {
    throw noTruncation(name());
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    throw noTruncation(name());
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> state) {
    throw noTruncation(name());
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backLength, LayerWorkspaceMgr workspaces) {
    throw noTruncation(name());
  }

  /** What is said where a configuration asks for truncated backpropagation through time. */
  static DL4JInvalidConfigException noTruncation(String layer) {
    return new DL4JInvalidConfigException(
        layer
            + ": backpropType must be Standard in a spiking network, which keeps no state from one"
            + " piece of a series to the next, got TruncatedBPTT. Remove backpropType and the tBPTT"
            + " lengths; where memory is short, use AsfBackprop, whose memory does not grow with T,"
            + " or SpatioTemporalBackprop.withSegments(n)");
  }
}
