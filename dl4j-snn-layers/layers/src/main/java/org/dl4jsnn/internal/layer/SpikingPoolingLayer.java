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
import org.dl4jsnn.internal.simulate.StepPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pools spikes without neurons: the train is pooled at every step, the activation is the firing
 * rates pooled in the same way, and gradients go back through both (equations 10 and 54 of
 * docs/mathematics.md).
 */
public final class SpikingPoolingLayer extends AbstractLayer<Layer> {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<String> name;
  private final transient Function<FeatureShape, StepPooling> newPooling;
  private final transient IncomingTrain incoming;
  private transient StepPooling pooling;
  private transient AttachedSpikeTrains.Beside below;
  private transient GradientInbox inbox;

  /**
   * Creates a layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param name the layer's name in messages
   * @param newPooling makes the pooling for an input shape; refuses one that does not fit
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingPoolingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      Function<FeatureShape, StepPooling> newPooling,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.name = name;
    this.newPooling = newPooling;
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
    SpikeTrain pooled = pool(train);
    INDArray rates =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, pooled.shape().arrayShape(train.minibatch()), 'c');
    pooling.pool(input, rates);
    inbox = GradientInbox.like(taken.inbox());
    below = inbox.isOpen() ? taken : null;
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(pooled, inbox, taken.isPiece()), name.get());
    return rates;
  }

  private SpikeTrain pool(SpikeTrain train) {
    try {
      pooling = newPooling.apply(train.shape());
      return pooling.pool(train);
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(name.get() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Optional<SpikeGradient> inTime = inbox.take();
    INDArray gradient =
        inTime.isPresent()
            ? stepByStep(inTime.get(), epsilon, workspaces)
            : pooling.backprop(input, epsilon, workspaces);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  /** Propagates the part known in time step by step, and the rest as a gradient of rates. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray stepByStep(
      SpikeGradient inTime, INDArray rateGradient, LayerWorkspaceMgr workspaces) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        inTime;
        INDArray known = inTime.sum();
        INDArray rest = rateGradient.sub(known)) {
      INDArray gradient = pooling.backprop(input, rest, workspaces);
      SpikeGradient passed = pooling.backprop(below.train(), inTime);
      try (INDArray sum = passed.sum()) {
        gradient.addi(sum);
      }
      below.inbox().add(passed);
      return gradient;
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
