package org.dl4jsnn.internal.layer;

import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.RatesUse;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes on, at every step, how often each neuron fired in the window. */
public final class SpikeAccumulationLayer extends TrainLayer {

  private static final long serialVersionUID = 1L;

  private final transient RatesUse use = new RatesUse();

  private transient int steps;

  public SpikeAccumulationLayer(
      NeuralNetConfiguration conf, DataType dataType, Supplier<String> name, boolean onlyConsumer) {
    super(conf, dataType, name, onlyConsumer);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.takeSpikes(index);
    if (below.isPiece()) {
      throw new DL4JInvalidInputException(
          name.get()
              + ": spikes must come as whole windows, since the layer waits for their end, got a"
              + " piece of one. Possible cause: rnnTimeStep or TruncatedBPTT");
    }
    SpikeTrain counts = explain(() -> RepeatedSpikeTrain.ofWindow(below.train()));
    steps = counts.steps();
    INDArray rates = Rates.of(counts, dataType, workspaces, use);
    GradientInbox inbox = GradientInbox.ofRatesLike(below.inbox());
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(counts, inbox, false, use), name.get());
    return rates;
  }

  /** Refuses sequences of unequal length, since neurons may fire after the end of one. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    if (mask != null) {
      throw new DL4JInvalidInputException(
          name.get() + ": features must have no mask, since spikes of all steps are counted");
    }
    return super.feedForwardMaskArray(mask, state, minibatch);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c').muli(steps);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  void forgetPass() {
    steps = 0;
  }
}
