package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.Observation;
import org.dl4jsnn.internal.TrainMemory;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.GradientInbox;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.SpikeTrains;
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
public final class SpikingLayer extends BaseLayer<BaseSpikingLayer> {

  private static final long serialVersionUID = 1L;

  private final transient IncomingTrain incoming;
  private final transient LayerState state;
  private final transient EpochWatch epochWatch;
  private final transient RuleWatch ruleWatch;
  private final transient SaturationWatch saturationWatch;
  private transient SimulatedFlow simulated;
  private transient InputCurrents currents;

  /** Makes the currents of a pass; of a layer with normalisation it owns the folded weights. */
  private transient CurrentsOfPass currentsOfPass;

  /** What an observing rule looks at, and what it keeps of it. */
  private transient SimulatedWindow window;

  private transient Observation observation;

  /** Where the layers above leave gradients in time, and where this one does. */
  private transient GradientInbox inbox;

  private transient GradientInbox inboxBelow;

  /**
   * A layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingLayer(NeuralNetConfiguration conf, DataType dataType, boolean onlyConsumer) {
    super(conf, dataType);
    incoming = new IncomingTrain(layerConf().name(), onlyConsumer);
    state = new LayerState(layerConf());
    epochWatch = new EpochWatch(layerConf());
    ruleWatch = new RuleWatch(layerConf());
    saturationWatch = new SaturationWatch(layerConf());
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    SpikeTrains.Beside below = incoming.take(index);
    SimulatedWindow done = simulate(below.train(), training);
    BackpropRule rule = layerConf().getBackprop();
    inbox =
        GradientInbox.of(
            rule.isTimeResolved(), training ? ruleWatch.ofLayer() : GradientInbox.Learning.NONE);
    inboxBelow = below.inbox();
    if (training) {
      ruleWatch.look(inboxBelow.learning());
      saturationWatch.look(AccumulatedSpikes.of(done.output()));
    }
    observe(done, training);
    INDArray rates = Rates.of(done.output(), dataType, workspaces);
    SpikeTrains.attach(rates, done.output(), inbox, layerConf().name());
    simulated = SimulatedFlow.of(done.input(), done.output());
    return rates;
  }

  /** Inference is observed only if a backward pass follows, as in FrozenLayerWithBackprop. */
  private void observe(SimulatedWindow done, boolean training) {
    BackpropRule rule = layerConf().getBackprop();
    window = rule.isObserving() && !training ? done : null;
    if (!rule.isObserving()) {
      observation = Observation.NONE;
    } else {
      observation = training ? rule.observe(done) : null;
    }
  }

  private SimulatedWindow simulate(SpikeTrain train, boolean training) {
    try {
      layerConf().checkInput(train.shape());
      if (currentsOfPass == null) {
        currentsOfPass = CurrentsOfPass.of(layerConf());
      }
      currents = currentsOfPass.of(train, params, training);
      Synapse synapse = currents.synapse();
      TrainMemory.requirePacked(train.minibatch(), synapse.outputShape(), train.steps());
      NeuronDynamics neuron = layerConf().neurons();
      SpikeTrain spikes = Engines.choose(synapse, train, dataType).simulate(synapse, neuron, train);
      return new SimulatedWindow(synapse, neuron, train, spikes);
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(layerConf().name() + ": " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(layerConf().name() + ": " + e.getMessage(), e);
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
    SimulatedPass pass = new SimulatedPass(this, simulated, workspaces);
    INDArray inputGradient = layerConf().getBackprop().backprop(pass, epsilon.castTo(dataType));
    if (inputGradient == null || !inputGradient.equalShapes(input)) {
      throw new IllegalStateException(
          layerConf().name()
              + ": the backprop rule "
              + layerConf().getBackprop()
              + " must return the gradient of the input, "
              + Arrays.toString(input.shape())
              + ", got "
              + (inputGradient == null ? null : Arrays.toString(inputGradient.shape()))
              + ". Possible cause: it does not return what propagate or InputGradient.finish gave it");
    }
    observation = null;
    window = null;
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
   * The accumulated flow of the forward pass done last (equation 6 of docs/mathematics.md). Kept
   * until the network clears its layers; {@code network.feedForward(training, false)} does not.
   *
   * @return the flow, in arrays of its own
   * @throws IllegalStateException if there was no forward pass since the layers were cleared
   */
  public AccumulatedFlow accumulatedFlow() {
    requireSimulated();
    return simulated.flow(currents, size -> Nd4j.createUninitializedDetached(dataType, 'c', size));
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
    return currents.synapse();
  }

  private void requireSimulated() {
    if (simulated == null) {
      throw new IllegalStateException(
          layerConf().name()
              + " has no forward pass to look back at. Possible cause: the network cleared its"
              + " layers, as output() does; use feedForward(training, false)");
    }
  }

  Observation observation() {
    if (observation == null && window != null) {
      observation = layerConf().getBackprop().observe(window);
    }
    if (observation == null) {
      throw new IllegalStateException(
          layerConf().name()
              + " has no forward pass to learn from. Possible cause: its backward pass was done"
              + " before, and each needs a forward pass of its own");
    }
    return observation;
  }

  InputCurrents currents() {
    return currents;
  }

  GradientInbox inbox() {
    return inbox;
  }

  GradientInbox inboxBelow() {
    return inboxBelow;
  }

  Map<String, INDArray> gradientViews() {
    return gradientViews == null ? Map.of() : gradientViews;
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    // The "gradient" of state is its change, not a sum over samples.
    return !layerConf().isState(paramName);
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
    simulated = null;
    currents = null;
    observation = null;
    window = null;
    inbox = null;
    inboxBelow = null;
  }
}
