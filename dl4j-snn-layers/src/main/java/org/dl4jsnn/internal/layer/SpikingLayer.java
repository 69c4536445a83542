package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
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
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.internal.simulate.Kept;
import org.dl4jsnn.internal.simulate.SimulationResult;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer of spiking neurons: simulates them in the forward pass and lets its backprop rule act in
 * the backward pass.
 */
public final class SpikingLayer extends BaseLayer<FeedForwardLayer> {

  private static final long serialVersionUID = 1L;

  private final transient LayerSettings settings;
  private final transient IncomingTrain incoming;
  private final transient AdaptedScalars state;
  private final transient EpochWatch epochWatch;
  private final transient RuleWatch ruleWatch;
  private final transient SaturationWatch saturationWatch;

  /** Makes the currents of a pass; of a layer with normalisation it owns the folded weights. */
  private transient CurrentsOfPass currentsOfPass;

  /** The forward pass done last; null where there was none since the layers were cleared. */
  private transient ForwardPass pass;

  /**
   * A layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param settings what the layer asks its configuration
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      LayerSettings settings,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.settings = settings;
    incoming = new IncomingTrain(settings.name(), onlyConsumer);
    state = new AdaptedScalars(settings);
    epochWatch = new EpochWatch(settings);
    ruleWatch = new RuleWatch(settings);
    saturationWatch = new SaturationWatch(settings);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.take(index);
    InputCurrents currents = currents(below.train(), training);
    NeuronDynamics neuron = explain(this::neurons);
    BackpropRule rule = settings.backprop();
    boolean records = training && rule.gatesFlow() && currents.isSumOfSpikes();
    SimulationResult result = simulate(currents.synapse(), neuron, below.train(), records);
    SimulatedWindow done =
        new SimulatedWindow(currents.synapse(), neuron, below.train(), result.spikes());
    GradientInbox inbox =
        GradientInbox.of(
            rule.isTimeResolved(), training ? ruleWatch.ofLayer() : GradientInbox.Learning.NONE);
    if (training) {
      ruleWatch.look(below.inbox().learning());
      saturationWatch.look(AccumulatedSpikes.of(done.output()));
    }
    pass = new ForwardPass(done, result.flow(), currents, inbox, below.inbox(), rule, training);
    INDArray rates = Rates.of(done.output(), dataType, workspaces);
    AttachedSpikeTrains.attach(rates, done.output(), inbox, settings.name());
    return rates;
  }

  private InputCurrents currents(SpikeTrain train, boolean training) {
    return explain(
        () -> {
          settings.checkInput(train.shape());
          if (currentsOfPass == null) {
            currentsOfPass = CurrentsOfPass.of(settings);
          }
          return currentsOfPass.of(train, params, training);
        });
  }

  private SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, SpikeTrain train, boolean records) {
    return explain(
        () -> {
          SpikeTrainMemory.requirePacked(train.minibatch(), synapse.outputShape(), train.steps());
          return Engines.choose(synapse, train, dataType)
              .simulate(
                  synapse,
                  LearnedNeuron.simplest(neuron),
                  NeuronState.atRest(),
                  train,
                  records ? Kept.FLOW : Kept.NOTHING);
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
    state.keep(gradientViews());
    LayerPass seen = new SimulatedPass(this, pass, workspaces);
    INDArray inputGradient = settings.backprop().backprop(seen, epsilon.castTo(dataType));
    if (inputGradient == null || !inputGradient.equalShapes(input)) {
      throw new IllegalStateException(
          settings.name()
              + ": the backprop rule "
              + settings.backprop()
              + " must return the gradient of the input, "
              + Arrays.toString(input.shape())
              + ", got "
              + (inputGradient == null ? null : Arrays.toString(inputGradient.shape()))
              + ". Possible cause: it does not return what propagate or InputGradient.finish gave it");
    }
    pass.learned();
    state.note(params, gradientViews());
    gradientViews().forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputGradient);
  }

  /** Called after the optimizer's step, whatever the step took for the gradient. */
  @Override
  public void applyConstraints(int iteration, int epoch) {
    state.settle(params);
    super.applyConstraints(iteration, epoch);
  }

  /**
   * What the layer asks its configuration.
   *
   * @return the settings
   */
  public LayerSettings settings() {
    return settings;
  }

  /**
   * The accumulated flow of the forward pass done last (equation 6 of docs/mathematics.md). Kept
   * until the network clears its layers; {@code network.feedForward(training, false)} does not.
   *
   * @return the flow, in arrays of its own
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public AccumulatedFlow accumulatedFlow() {
    requireSimulated();
    return pass.flow()
        .flow(pass.currents(), size -> Nd4j.createUninitializedDetached(dataType, 'c', size));
  }

  /**
   * The synapses as the neurons saw them in the forward pass done last, with a normalisation folded
   * into their weights. Valid until the next forward pass.
   *
   * @return the synapses
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public Synapse synapse() {
    requireSimulated();
    return pass.currents().synapse();
  }

  /**
   * What the neurons do, with the parameters that the layer has learned so far.
   *
   * @return their definition
   */
  public NeuronDynamics neurons() {
    return settings.neurons(params);
  }

  private void requireSimulated() {
    if (pass == null) {
      throw new IllegalStateException(
          settings.name()
              + " has no forward pass to look back at. Possible cause: the network cleared its"
              + " layers, as output() does; use feedForward(training, false)");
    }
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
  }
}
