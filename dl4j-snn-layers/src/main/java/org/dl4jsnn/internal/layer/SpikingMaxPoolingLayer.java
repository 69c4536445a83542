package org.dl4jsnn.internal.layer;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.simulate.StepwiseMaximum;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.PoolingWindows;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Max pooling of spikes (equation 10 of docs/mathematics.md): the train passed on is the maximum of
 * every step; the activation, and the way of the gradient, is the maximum of the firing rates.
 */
public final class SpikingMaxPoolingLayer extends AbstractLayer<Layer> {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<String> name;
  private final transient Function<FeatureShape, PoolingWindows> newWindows;
  private final transient IncomingTrain incoming;
  private transient PoolingWindows windows;
  private transient AttachedSpikeTrains.Beside below;
  private transient GradientInbox inbox;

  /**
   * A layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param name the layer as messages name it
   * @param newWindows the windows over an input of a shape; refuses one that does not fit
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingMaxPoolingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      Function<FeatureShape, PoolingWindows> newWindows,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.name = name;
    this.newWindows = newWindows;
    this.incoming = new IncomingTrain(name.get(), onlyConsumer);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside taken = incoming.take(index);
    SpikeTrain train = taken.train();
    windows = windows(train);
    SpikeTrain pooled = StepwiseMaximum.of(train, windows);
    INDArray rates =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, pooled.shape().arrayShape(train.minibatch()), 'c');
    windows.pool("maxpool2d", input, rates);
    inbox = GradientInbox.like(taken.inbox());
    below = inbox.isOpen() ? taken : null;
    AttachedSpikeTrains.attach(rates, pooled, inbox, name.get());
    return rates;
  }

  private PoolingWindows windows(SpikeTrain train) {
    try {
      return newWindows.apply(train.shape());
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(name.get() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    Optional<SpikeGradient> inTime = inbox.take();
    if (inTime.isPresent()) {
      stepByStep(inTime.get(), epsilon, gradient);
    } else {
      byRates(epsilon, gradient);
    }
    return new Pair<>(new DefaultGradient(), gradient);
  }

  private void byRates(INDArray rateGradient, INDArray gradient) {
    windows.poolBackprop("maxpool2d_bp", input, rateGradient, gradient);
  }

  /** What is known in time goes to the maximum of each step, the rest to that of the rates. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private void stepByStep(SpikeGradient inTime, INDArray rateGradient, INDArray gradient) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        inTime;
        INDArray known = inTime.sum();
        INDArray rest = rateGradient.sub(known)) {
      byRates(rest, gradient);
      SpikeGradient passed = StepwiseMaximum.backprop(below.train(), windows, inTime);
      try (INDArray sum = passed.sum()) {
        gradient.addi(sum);
      }
      below.inbox().add(passed);
    }
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // No parameters.
  }

  @Override
  public void clear() {
    super.clear();
    incoming.forget();
    below = null;
    inbox = null;
  }
}
