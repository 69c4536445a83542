package org.dl4jsnn.internal.layer;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer without neurons and parameters that passes spikes on. */
abstract class TrainLayer extends AbstractLayer<Layer> {

  private static final long serialVersionUID = 1L;

  final transient Supplier<String> name;
  final transient IncomingTrain incoming;

  /**
   * A layer.
   *
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  TrainLayer(
      NeuralNetConfiguration conf, DataType dataType, Supplier<String> name, boolean onlyConsumer) {
    super(conf, dataType);
    this.name = name;
    this.incoming = new IncomingTrain(name.get(), onlyConsumer);
  }

  /** Forgets the forward pass. */
  abstract void forgetPass();

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  /** Messages begin with the layer's name. */
  final <R> R explain(Supplier<R> work) {
    return explain(name, work);
  }

  /** The same for a layer of any kind. */
  static <R> R explain(Supplier<String> layer, Supplier<R> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(layer.get() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The backward pass of pooling: what is known in time goes back step by step, and the rest as a
   * gradient of rates.
   *
   * @param epsilon the gradient of the rates, which includes it
   * @param below where to leave the gradient in time
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static Pair<Gradient, INDArray> pooled(
      Optional<SpikeGradient> known,
      INDArray epsilon,
      AttachedSpikeTrains.Beside below,
      UnaryOperator<INDArray> ofRates,
      UnaryOperator<SpikeGradient> inSteps) {
    if (known.isEmpty()) {
      return new Pair<>(new DefaultGradient(), ofRates.apply(epsilon));
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        SpikeGradient inTime = known.get();
        INDArray rest = epsilon.sub(inTime.sum())) {
      INDArray gradient = ofRates.apply(rest);
      SpikeGradient passed = inSteps.apply(inTime);
      gradient.addi(passed.sum());
      below.inbox().add(passed);
      return new Pair<>(new DefaultGradient(), gradient);
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
    forgetPass();
  }
}
