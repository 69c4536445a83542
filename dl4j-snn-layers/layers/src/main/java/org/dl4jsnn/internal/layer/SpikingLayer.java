package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer of spiking neurons: simulates them in the forward pass and applies its gradient rule in
 * the backward pass.
 *
 * <p>Each kind of layer has a class of its own, since {@code summary()} prints the class. A custom
 * layer type is a {@code SpikingLayer}.
 */
public sealed class SpikingLayer extends BaseLayer<FeedForwardLayer> implements StreamingLayer
    permits SpikingAveragePoolingLayer,
        SpikingConvolution1DLayer,
        SpikingConvolution2DLayer,
        SpikingDenseLayer,
        SpikingDepthwiseConvolution2DLayer,
        SpikingRecurrentLayer {

  private static final long serialVersionUID = 1L;

  /** Makes layers of one kind. */
  @FunctionalInterface
  public interface Kind {

    /**
     * Makes a layer.
     *
     * @param conf the configuration
     * @param dataType the network's data type
     * @param settings the layer's settings
     * @param onlyConsumer whether no other layer reads this layer's input
     * @return the layer
     */
    SpikingLayer layer(
        NeuralNetConfiguration conf,
        DataType dataType,
        LayerSettings settings,
        boolean onlyConsumer);
  }

  private final transient LayerSettings settings;
  private final transient IncomingTrain incoming;
  private final transient PieceWatch pieces;
  private final transient AdaptedScalars state;
  private final transient EpochWatch epochWatch;
  private final transient RuleWatch ruleWatch;
  private final transient SaturationWatch saturationWatch;
  private final transient SilenceWatch silenceWatch;
  private final transient NeuronStream stream;

  /** Whether the network is a MultiLayerNetwork, which passes each input directly. */
  private final transient boolean isInSequence;

  private final transient ActivityRegularization activity;

  /** Makes the currents of a pass; with a normalisation it owns the folded weights. */
  private transient CurrentsOfPass currentsOfPass;

  /** The last forward pass; null if there was none since the layers were cleared. */
  private transient ForwardPass pass;

  /**
   * The penalty for the activity of the last pass. Its term stays when the network clears its
   * layers, since Deeplearning4j clears them before it reads the term in {@code score(data)}.
   */
  private transient ActivityPenalty penalty = ActivityPenalty.none(0);

  /**
   * Creates a layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param settings the layer's settings
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      LayerSettings settings,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.settings = settings;
    isInSequence = onlyConsumer;
    incoming = new IncomingTrain(settings.name(), onlyConsumer);
    this.pieces = new PieceWatch(settings.name());
    stream = new NeuronStream(settings, this::neuron);
    state = new AdaptedScalars(settings);
    epochWatch = new EpochWatch(settings);
    ruleWatch = new RuleWatch(settings);
    saturationWatch = new SaturationWatch(settings);
    silenceWatch = new SilenceWatch(settings);
    activity = new ActivityRegularization(settings);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(training, NeuronState.atRest(), null, workspaces);
  }

  @Override
  public INDArray next(INDArray piece, LayerWorkspaceMgr workspaces) {
    setInput(piece, workspaces);
    return next(workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray given, LayerWorkspaceMgr workspaces) {
    return isInSequence ? next(PieceInput.ofSpikes(given), workspaces) : next(workspaces);
  }

  private INDArray next(LayerWorkspaceMgr workspaces) {
    return run(false, stream.now(), stream::goOnWith, workspaces);
  }

  /** Deeplearning4j sets the state after the piece when the weights are updated. */
  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray given, boolean training, boolean storesEnd, LayerWorkspaceMgr workspaces) {
    if (isInSequence) {
      setInput(given, workspaces);
    }
    if (training) {
      incoming.requirePiece();
      pieces.left();
    }
    return run(training, stream.now(), storesEnd ? stream::leave : (end, shape) -> {}, workspaces);
  }

  /**
   * Runs a window or a piece of it.
   *
   * @param end takes the state after a piece and the shape of the neurons; null for a window
   */
  private INDArray run(
      boolean training,
      NeuronState start,
      BiConsumer<NeuronState, FeatureShape> end,
      LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.take(index);
    InputCurrents currents = currents(below.train(), training, workspaces);
    NeuronDynamics neuron = explain(this::neuron);
    BackpropRule rule = settings.backprop();
    boolean records = training && rule.gatesFlow() && currents.isSumOfSpikes();
    Retention kept = end != null ? Retention.END : records ? Retention.FLOW : Retention.NOTHING;
    Recurrence recurrence = explain(() -> settings.recurrence(params));
    if (end != null) {
      explain(
          () -> {
            stream.requireOf(currents.synapse().outputShape());
            return null;
          });
    }
    SimulationResult result =
        simulate(currents.synapse(), recurrence, neuron, start, below.train(), kept);
    SimulatedWindow done =
        new SimulatedWindow(
            currents.synapse(), recurrence, neuron, start, below.train(), result.spikes());
    if (end != null) {
      end.accept(result.end(), result.spikes().shape());
    }
    GradientInbox inbox =
        GradientInbox.of(
            rule.isTimeResolved(), training ? ruleWatch.ofLayer() : GradientInbox.Learning.NONE);
    if (training) {
      ruleWatch.look(below.inbox().learning());
      ruleWatch.look(done);
    }
    penalty = activity.of(done, params, training);
    pass = new ForwardPass(done, result.flow(), currents, inbox, below.inbox(), rule, training);
    INDArray rates = Rates.of(done.output(), dataType, workspaces);
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(done.output(), inbox, end != null), settings.name());
    return rates;
  }

  private InputCurrents currents(SpikeTrain train, boolean training, LayerWorkspaceMgr workspaces) {
    return explain(
        () -> {
          settings.checkInput(train.shape());
          if (currentsOfPass == null) {
            currentsOfPass = CurrentsOfPass.of(settings);
          }
          return currentsOfPass.of(train, params, training, workspaces);
        });
  }

  private SimulationResult simulate(
      Synapse synapse,
      Recurrence recurrence,
      NeuronDynamics neuron,
      NeuronState start,
      SpikeTrain train,
      Retention kept) {
    return explain(
        () -> {
          SpikeTrainMemory.requirePacked(train.minibatch(), synapse.outputShape(), train.steps());
          return Engines.choose(synapse, recurrence, train, dataType)
              .simulate(synapse, LearnedNeuron.simplest(neuron), start, train, kept);
        });
  }

  /** Messages begin with the layer's name. */
  private <R> R explain(Supplier<R> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(settings.name() + ": " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(settings.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    requireSimulated();
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    if (!gradientViews().isEmpty()) {
      epochWatch.look(epochCount, iterationCount);
    }
    saturationWatch.look(pass.flow().out());
    silenceWatch.look(pass);
    state.keep(gradientViews());
    LayerPass seen = new SimulatedPass(this, pass, workspaces);
    INDArray rateGradient = penalty.withRateGradient(epsilon.castTo(dataType), workspaces);
    INDArray inputGradient = learn(seen, rateGradient);
    if (inputGradient == null || !inputGradient.equalShapes(input)) {
      throw new IllegalStateException(
          settings.name()
              + ": the gradient rule "
              + settings.backprop()
              + " must return the gradient of the input, "
              + Arrays.toString(input.shape())
              + ", got "
              + (inputGradient == null ? null : Arrays.toString(inputGradient.shape()))
              + ". Possible cause: it does not return the result of propagate or InputGradient.finish");
    }
    if (pass.inboxBelow().isRead()) {
      penalty.addInputGradient(input, inputGradient);
    }
    pass.learned();
    state.note(params, gradientViews());
    gradientViews().forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputGradient);
  }

  /** Tells what the rule refuses from a fault of its own. */
  private INDArray learn(LayerPass seen, INDArray rateGradient) {
    try {
      return settings.backprop().backprop(seen, rateGradient);
    } catch (IllegalArgumentException | IllegalStateException | DL4JException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          settings.name()
              + ": the gradient rule "
              + settings.backprop()
              + " failed: "
              + e
              + ". Possible cause: a fault of a custom rule, or of a custom neuron's derivatives",
          e);
    }
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return stream.arrays();
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    pieces.seen();
    stream.set(state);
  }

  @Override
  public void rnnClearPreviousState() {
    pieces.seen();
    stream.clear();
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    return stream.arraysAfterPiece();
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> state) {
    stream.setAfterPiece(state);
  }

  /** Called after the optimizer's step, whatever the step used as gradient. */
  @Override
  public void applyConstraints(int iteration, int epoch) {
    state.settle(params);
    super.applyConstraints(iteration, epoch);
  }

  /**
   * The layer's settings from its configuration.
   *
   * @return the settings
   */
  public LayerSettings settings() {
    return settings;
  }

  /**
   * The accumulated flow of the last forward pass (equation 6 of docs/mathematics.md). Kept until
   * the network clears its layers; {@code network.feedForward(training, false)} does not clear
   * them.
   *
   * @return the flow, in new arrays
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public AccumulatedFlow accumulatedFlow() {
    requireSimulated();
    return pass.flow()
        .flow(pass.currents(), size -> Nd4j.createUninitializedDetached(dataType, 'c', size));
  }

  /**
   * The synapses as the neurons saw them in the last forward pass, with a normalisation folded into
   * their weights. Valid until the next forward pass.
   *
   * @return the synapses
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public Synapse synapse() {
    requireSimulated();
    return pass.currents().synapse();
  }

  /**
   * The synapses from the neurons to themselves.
   *
   * @return the recurrence with the current weights, or none
   */
  public Recurrence recurrence() {
    return settings.recurrence(params);
  }

  /**
   * The dynamics of the neurons, with the parameters that the layer has learned so far.
   *
   * @return their definition
   */
  public NeuronDynamics neuron() {
    return settings.neuron(params);
  }

  private void requireSimulated() {
    if (pass == null) {
      throw new IllegalStateException(
          settings.name()
              + " has no forward pass to look back at. Possible cause: the network cleared its"
              + " layers, as output() does; use feedForward(training, false)");
    }
  }

  /** Includes the penalty for the activity of the last pass. */
  @Override
  public double calcRegularizationScore(boolean backpropOnlyParams) {
    return super.calcRegularizationScore(backpropOnlyParams) + activityPenalty();
  }

  /**
   * The term that the activity of the last pass adds to the network's score (equations 49 and 50 of
   * docs/mathematics.md).
   *
   * @return the term; 0 without regularisation of activity, and before the first pass
   */
  public double activityPenalty() {
    return penalty.score(conf.isMiniBatch());
  }

  Map<String, INDArray> gradientViews() {
    return gradientViews == null ? Map.of() : gradientViews;
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    // The "gradient" of state is its change, not a sum over samples.
    return !settings.isState(paramName);
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
    penalty = penalty.withoutGradients();
  }
}
