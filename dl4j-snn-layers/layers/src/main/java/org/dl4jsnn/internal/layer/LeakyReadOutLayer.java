package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.host.LeakyIntegrators;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Leaky integrators that read a spike train and never fire: they make the timing of spikes visible
 * to Deeplearning4j's own layers (equations 51 to 53, 79 and 80 of docs/mathematics.md).
 */
public final class LeakyReadOutLayer extends BaseLayer<FeedForwardLayer>
    implements StreamingLayer.OfTrains<IntegratorState> {

  private static final long serialVersionUID = 1L;

  private final transient Settings settings;
  private final transient IncomingTrain incoming;
  private final transient Stream<IntegratorState> stream;

  /**
   * The settings that a layer reads from its configuration.
   *
   * @param decays λ, and β if there is a synaptic current
   * @param gains G, one for all neurons or one per neuron; null if it is 1
   */
  public record Settings(
      String name, IntegratorDecays decays, double[] gains, MembraneReadOut reads) {}

  /** G; null where it is 1. */
  private final transient Gains gains;

  /** The last forward pass; null if there was none since the layers were cleared. */
  private transient ReadOutPass pass;

  /** Creates a layer, which in a sequence is the only one that reads its input. */
  public LeakyReadOutLayer(
      NeuralNetConfiguration conf, DataType dataType, Settings settings, boolean onlyConsumer) {
    super(conf, dataType);
    this.settings = settings;
    this.gains = settings.gains() == null ? null : new Gains(settings.gains());
    this.incoming = new IncomingTrain(settings.name(), onlyConsumer);
    this.stream =
        new Stream<>(
            settings::name,
            IntegratorState.atRest(),
            IntegratorStream::arrays,
            arrays -> explain(() -> IntegratorStream.state(arrays)));
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  @Override
  public Stream<IntegratorState> stream() {
    return stream;
  }

  @Override
  public IncomingTrain incoming() {
    return incoming;
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(training, stream.atStart(), end -> {}, workspaces);
  }

  @Override
  public INDArray run(
      boolean training,
      IntegratorState start,
      Consumer<IntegratorState> end,
      LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.takeSpikes(index);
    SpikeTrain train = below.train();
    int[] lengths =
        SequenceMask.lengths(maskArray, train.minibatch(), train.steps(), settings.name());
    DenseSynapse synapse = synapse(train.shape());
    LeakyIntegrators integrators = integrators(synapse, train.shape());
    LeakyIntegrators.Reading reading = explain(() -> integrators.read(start, train, lengths));
    pass =
        new ReadOutPass(settings, below, synapse, lengths, reading.end().steps(), reading.maxima());
    end.accept(reading.end());
    return activation(reading.values(), workspaces);
  }

  private LeakyIntegrators integrators(DenseSynapse synapse, FeatureShape input) {
    return new LeakyIntegrators(
        input,
        finite(Synapse.WEIGHT, synapse.weights()),
        synapse.bias() == null
            ? new double[synapse.outputShape().neurons()]
            : finite(Synapse.BIAS, synapse.bias()),
        settings.decays(),
        settings.reads());
  }

  /** Integrates a piece and observes every step. Leaves the layer's stream where it is. */
  public void follow(IntegratorState start, SpikeTrain train, LeakyIntegrators.Observer observer) {
    LeakyIntegrators integrators = integrators(synapse(train.shape()), train.shape());
    explain(
        () -> {
          integrators.follow(start, train, observer);
          return null;
        });
  }

  @Override
  public IntegratorState ofSamples(IntegratorState state, int... samples) {
    return state.ofSamples(samples);
  }

  /** The state before the next piece of the layer's stream. */
  public IntegratorState state() {
    return stream.now();
  }

  /** Whether the integrators have a synaptic current. */
  public boolean hasSynapticCurrent() {
    return settings.decays().synaptic() != null;
  }

  /** What is read from the membranes. */
  public MembraneReadOut reads() {
    return settings.reads();
  }

  /** A maximum over time would pass over what is not a number. */
  private double[] finite(String name, INDArray values) {
    boolean isHalf = values.dataType() == DataType.FLOAT16;
    return explain(() -> FiniteWeights.require(name, isHalf, HostArrays.doubles(values)));
  }

  private <R> R explain(Supplier<R> work) {
    return TrainLayer.explain(settings::name, work);
  }

  /**
   * The synapses as they charge the integrators: weights and biases times the gains.
   *
   * @param input the shape of the spikes that arrive
   * @throws DL4JInvalidInputException if the weights are those of another number of neurons
   */
  public DenseSynapse synapse(FeatureShape input) {
    INDArray weights = getParam(Synapse.WEIGHT);
    if (input.neurons() != weights.size(0)) {
      throw new DL4JInvalidInputException(
          "%s: input must have %s neurons, got %s (%s)"
              .formatted(settings.name(), weights.size(0), input.neurons(), input));
    }
    INDArray bias = getParam(Synapse.BIAS);
    return gains == null
        ? new DenseSynapse(input, weights, bias)
        : new DenseSynapse(input, gains.times(weights), bias == null ? null : gains.times(bias));
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray activation(double[] values, LayerWorkspaceMgr workspaces) {
    long minibatch = input.size(0);
    long neurons = getParam(Synapse.WEIGHT).size(1);
    long[] shape =
        settings.reads() == MembraneReadOut.COURSE
            ? new long[] {minibatch, neurons, values.length / (minibatch * neurons)}
            : new long[] {minibatch, neurons};
    INDArray activation =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray read = Nd4j.createFromArray(values)) {
      return activation.assign(read.reshape('c', shape));
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (pass == null) {
      throw new IllegalStateException(
          settings.name()
              + " has no forward pass to learn from. Possible cause: the network cleared its layers");
    }
    Map<String, INDArray> gradients = gradientViews == null ? Map.of() : gradientViews;
    INDArray inputGradient = pass.backprop(epsilon, input, gradients, workspaces);
    if (gains != null) {
      gradients.values().forEach(gains::scale);
    }
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradients.forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputGradient);
  }

  /** The mask ends here unless the activation still has a time axis. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    super.feedForwardMaskArray(mask, state, minibatch);
    return mask == null || settings.reads() != MembraneReadOut.COURSE
        ? new Pair<>(null, null)
        : new Pair<>(SequenceMask.end(mask), MaskState.Active);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void setParams(INDArray newParams) {
    if (newParams != paramsFlattened) {
      setParams(newParams, 'c');
    }
  }

  @Override
  public void clear() {
    super.clear();
    incoming.forget();
    pass = null;
  }

  /**
   * G, the factor of the arriving currents in the layer: G·(W·s + b). So the gradients of W and b
   * are G times those of the currents (equation 81 of docs/mathematics.md).
   *
   * @param gains one for all neurons, or one per neuron
   */
  private record Gains(double[] gains) {

    /** A parameter whose last axis counts the neurons, times the gains; outside of workspaces. */
    @SuppressWarnings("try") // the scope is entered and left, not read
    INDArray times(INDArray parameter) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        INDArray product = parameter.dup('c');
        scale(product);
        return product;
      }
    }

    /** Multiplies a parameter, or its gradient, in place. */
    @SuppressWarnings("try") // the scope is entered and left, not read
    void scale(INDArray parameter) {
      double[] each = gains;
      if (gains.length == 1) {
        each = new double[(int) parameter.size(-1)];
        Arrays.fill(each, gains[0]);
      }
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
          INDArray exact = Nd4j.createFromArray(each);
          INDArray factors = Nd4j.create(parameter.dataType(), exact.shape(), 'c').assign(exact)) {
        if (parameter.rank() == 1) {
          parameter.muli(factors);
        } else {
          parameter.muliRowVector(factors);
        }
      }
    }
  }
}
