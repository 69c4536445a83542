package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
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
import org.dl4jsnn.internal.handover.RatesUse;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.simulate.HostLayers;
import org.dl4jsnn.internal.simulate.PreparedLayer;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
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
 * <p>Each kind of layer has a class of its own at the end of this file, since {@code summary()}
 * prints the class. A custom layer type is a {@code SpikingLayer}.
 */
public class SpikingLayer extends BaseLayer<FeedForwardLayer>
    implements StreamingLayer.OfTrains<NeuronStream.Carried> {

  private static final long serialVersionUID = 1L;

  /** The kinds of layers. */
  public enum Kind {
    /** Average pooling. */
    AVERAGE_POOLING(SpikingAveragePoolingLayer::new),
    /** A convolution over a row. */
    CONVOLUTION_1D(SpikingConvolution1DLayer::new),
    /** A convolution of images. */
    CONVOLUTION_2D(SpikingConvolution2DLayer::new),
    /** A layer type of users. */
    CUSTOM(SpikingLayer::new),
    /** Fully connected. */
    DENSE(SpikingDenseLayer::new),
    /** A convolution of each channel by itself. */
    DEPTHWISE_CONVOLUTION_2D(SpikingDepthwiseConvolution2DLayer::new),
    /** Neurons that read their own spikes. */
    RECURRENT(SpikingRecurrentLayer::new);

    private final transient Function<Given, SpikingLayer> constructor;

    Kind(Function<Given, SpikingLayer> constructor) {
      this.constructor = constructor;
    }

    /** Makes a layer, which in a sequence is the only one that reads its input. */
    public SpikingLayer layer(
        NeuralNetConfiguration conf,
        DataType dataType,
        LayerSettings settings,
        boolean onlyConsumer) {
      return constructor.apply(new Given(conf, dataType, settings, onlyConsumer));
    }
  }

  /** What a layer is made from. */
  record Given(
      NeuralNetConfiguration conf,
      DataType dataType,
      LayerSettings settings,
      boolean onlyConsumer) {}

  private final transient LayerSettings settings;
  private final transient IncomingTrain incoming;
  private final transient AdaptedScalars state;
  private final transient TrainingWatch watch;
  private final transient Stream<NeuronStream.Carried> stream;

  private final transient ActivityRegularization activity;
  private final transient RatesUse use = new RatesUse();

  /** For inference; a training changes the weights before their next use. */
  private final transient PreparedLayer prepared = new PreparedLayer();

  /** Makes the currents of a pass; with a normalisation it owns the folded weights. */
  private final transient CurrentsOfPass currentsOfPass;

  /** The last forward pass; null if there was none since the layers were cleared. */
  private transient ForwardPass pass;

  /**
   * The penalty for the activity of the last pass. Its term stays when the network clears its
   * layers, since Deeplearning4j clears them before it reads the term in {@code score(data)}.
   */
  private transient ActivityPenalty penalty = ActivityPenalty.none(0);

  /** The backward pass of a layer that passes on its currents; null for others. */
  private transient CurrentGradient passedOn;

  /** What the penalty of an inference is computed from, if someone asks for it; otherwise null. */
  private transient SimulatedWindow unpriced;

  SpikingLayer(Given given) {
    super(given.conf(), given.dataType());
    settings = given.settings();
    incoming = new IncomingTrain(settings.name(), given.onlyConsumer());
    stream = NeuronStream.of(settings, this::neuron);
    state = new AdaptedScalars(settings);
    watch = new TrainingWatch(settings);
    activity = new ActivityRegularization(settings);
    currentsOfPass = new CurrentsOfPass(settings);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  @Override
  public Stream<NeuronStream.Carried> stream() {
    return stream;
  }

  @Override
  public IncomingTrain incoming() {
    return incoming;
  }

  @Override
  public NeuronStream.Carried ofSamples(NeuronStream.Carried carried, int... samples) {
    return new NeuronStream.Carried(carried.state().ofSamples(samples), carried.shape());
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(training, stream.atStart(), null, workspaces);
  }

  @Override
  public INDArray run(
      boolean training,
      NeuronStream.Carried begin,
      Consumer<NeuronStream.Carried> end,
      LayerWorkspaceMgr workspaces) {
    NeuronState start = begin.state();
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.takeSpikes(index);
    InputCurrents currents = currents(below.train(), training, workspaces);
    NeuronDynamics neuron = explain(this::neuron);
    BackpropRule rule = settings.backprop();
    boolean fires = !neuron.passesCurrents();
    boolean records = training && fires && rule.gatesFlow() && currents.isSumOfSpikes();
    Retention kept = end != null ? Retention.END : records ? Retention.FLOW : Retention.NOTHING;
    Recurrence recurrence = explain(() -> settings.recurrence(params));
    if (end != null) {
      explain(
          () -> {
            NeuronStream.requireOf(begin, currents.simulated().outputShape());
            return null;
          });
    }
    boolean seesSteps = fires && (rule.isObserving() || rule.isTimeResolved());
    Simulation simulation =
        new Simulation(currents, recurrence, neuron, start, below.train(), dataType);
    HostLayers layers = training ? HostLayers.FRESH : prepared;
    SimulationResult result =
        explain(
            () ->
                end == null && !seesSteps
                    ? simulation.ofWindow(kept, layers)
                    : simulation.byStep(kept, layers));
    SimulatedWindow done = simulation.result(result.spikes());
    if (end != null) {
      end.accept(new NeuronStream.Carried(result.end(), result.spikes().shape()));
    }
    // Without neurons it learns by whatever gradient arrives.
    GradientInbox inbox =
        fires
            ? GradientInbox.of(
                rule.isTimeResolved(),
                training ? watch.ofLayer() : GradientInbox.Learning.NONE,
                below.inbox().memory())
            : GradientInbox.openLike(below.inbox());
    if (training && fires) {
      watch.ruleBelow(below.inbox().learning());
      watch.firstPass(done);
    }
    passedOn = fires ? null : new CurrentGradient(currents, below.train());
    unpriced = training || !activity.isPriced() ? null : done;
    penalty =
        training
            ? activity.of(done, params, true)
            : ActivityPenalty.none(done.output().minibatch());
    leavePass();
    pass = new ForwardPass(done, result.flow(), currents, inbox, below.inbox(), rule, training);
    INDArray rates = Rates.of(done.output(), dataType, workspaces, use);
    AttachedSpikeTrains.attach(
        rates,
        new AttachedSpikeTrains.Beside(done.output(), inbox, end != null, use),
        settings.name());
    return rates;
  }

  private InputCurrents currents(SpikeTrain train, boolean training, LayerWorkspaceMgr workspaces) {
    return explain(
        () -> {
          settings.checkInput(train.shape());
          return currentsOfPass.of(train, params, training, workspaces);
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
      watch.backward(epochCount, iterationCount);
    }
    if (!pass.neuron().passesCurrents()) {
      watch.saturation(pass.out());
      watch.silence(pass);
    }
    pass.currents().synapse(); // whole, also after an inference, for a gradient of frozen layers
    state.keep(gradientViews());
    LayerPass seen = new SimulatedPass(this, pass, workspaces);
    INDArray rateGradient = penalty.withRateGradient(epsilon.castTo(dataType), workspaces);
    INDArray inputGradient =
        passedOn == null
            ? learn(seen, rateGradient)
            : passedOn.backprop(seen, pass.inbox().take(), rateGradient);
    if (inputGradient == null || !inputGradient.equalShapes(input)) {
      throw new IllegalStateException(
          ("%s: the gradient rule %s must return the gradient of the input, %s, got %s."
                  + " Possible cause: it does not return the result of propagate or"
                  + " InputGradient.finish")
              .formatted(
                  settings.name(),
                  settings.backprop(),
                  Arrays.toString(input.shape()),
                  inputGradient == null ? null : Arrays.toString(inputGradient.shape())));
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
          ("%s: the gradient rule %s failed: %s. Possible cause: a fault of a custom"
                  + " rule, or of a custom neuron's derivatives")
              .formatted(settings.name(), settings.backprop(), e),
          e);
    }
  }

  /** Called after the optimizer's step, whatever the step used as gradient. */
  @Override
  public void applyConstraints(int iteration, int epoch) {
    state.settle(params);
    super.applyConstraints(iteration, epoch);
  }

  /** The layer's settings from its configuration. */
  public LayerSettings settings() {
    return settings;
  }

  /**
   * The accumulated flow of the last forward pass (equation 6 of docs/mathematics.md). Kept until
   * the network clears its layers; {@code network.feedForward(training, false)} does not clear
   * them.
   *
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public AccumulatedFlow accumulatedFlow() {
    requireSimulated();
    return pass.flow(size -> Nd4j.createUninitializedDetached(dataType, 'c', size));
  }

  /**
   * The synapses of the last forward pass, with a normalisation folded into their weights; behind a
   * window that was waited for, neurons may have seen their currents rounded. Valid until the next
   * forward pass.
   *
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public Synapse synapse() {
    requireSimulated();
    return pass.currents().synapse();
  }

  /** The synapses from the neurons to themselves, with the current weights. */
  public Recurrence recurrence() {
    return settings.recurrence(params);
  }

  /** The dynamics of the neurons, with the parameters that the layer has learned so far. */
  public NeuronDynamics neuron() {
    return settings.neuron(params);
  }

  /**
   * The simulation of a window from rest with these synapses and neurons.
   *
   * @param input the spikes that arrived
   * @param output the spikes that the neurons fired
   */
  public SimulatedWindow window(SpikeTrain input, SpikeTrain output) {
    return new SimulatedWindow(
        synapse(), recurrence(), neuron(), NeuronState.atRest(), input, output);
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
   * docs/mathematics.md); 0 without regularisation of activity, and before the first pass.
   */
  public double activityPenalty() {
    if (unpriced != null) {
      penalty = activity.of(unpriced, params, false);
      unpriced = null;
    }
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
    leavePass();
    passedOn = null;
    penalty = penalty.withoutGradients();
  }

  /** A layer above may have left a gradient that nobody took, as that of a frozen layer. */
  private void leavePass() {
    if (pass != null) {
      pass.inbox().take().ifPresent(SpikeGradient::close);
      pass = null;
    }
  }
}

final class SpikingAveragePoolingLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  SpikingAveragePoolingLayer(Given given) {
    super(given);
  }
}

final class SpikingConvolution1DLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  SpikingConvolution1DLayer(Given given) {
    super(given);
  }
}

final class SpikingConvolution2DLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  SpikingConvolution2DLayer(Given given) {
    super(given);
  }
}

final class SpikingDenseLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  SpikingDenseLayer(Given given) {
    super(given);
  }
}

final class SpikingDepthwiseConvolution2DLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  SpikingDepthwiseConvolution2DLayer(Given given) {
    super(given);
  }
}

final class SpikingRecurrentLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  SpikingRecurrentLayer(Given given) {
    super(given);
  }
}
