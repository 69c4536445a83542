package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.FlowSums;
import org.dl4jsnn.gradient.InputGradient;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.gradient.StepGradient;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.internal.simulate.FlowArrayRecorder;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A spiking layer's forward pass, as its gradient rule sees it. */
final class SimulatedPass implements LayerPass {

  private final SpikingLayer layer;
  private final ForwardPass forward;
  private final LayerWorkspaceMgr workspaces;
  private AccumulatedFlow flow;
  private RecordedFlow recorded;

  SimulatedPass(SpikingLayer layer, ForwardPass forward, LayerWorkspaceMgr workspaces) {
    this.layer = layer;
    this.forward = forward;
    this.workspaces = workspaces;
  }

  private InputCurrents currents() {
    return forward.currents();
  }

  @Override
  public boolean isWeighted() {
    return currents().synapse().isWeighted();
  }

  @Override
  public NeuronDynamics neuron() {
    return forward.neuron();
  }

  @Override
  public void learn(int parameter, double[] gradient) {
    NeuronParameter learned = neuron().parameters().get(parameter);
    String key =
        layer
            .settings()
            .keyOf(learned)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        layer.settings().name() + " does not learn " + learned));
    INDArray target = layer.gradientViews().get(key);
    if (target == null) {
      return; // frozen
    }
    // The gradient of the free number (equation 40 of docs/mathematics.md).
    double[] free = layer.getParam(key).toDoubleVector();
    double[] ofFree = new double[free.length];
    for (int channel = 0; channel < gradient.length; channel++) {
      ofFree[learned.isOfLayer() ? 0 : channel] += gradient[channel];
    }
    for (int i = 0; i < ofFree.length; i++) {
      target.putScalar(i, ofFree[i] * learned.slope(free[i]));
    }
  }

  @Override
  public AccumulatedFlow flow() {
    if (flow == null) {
      DataType type = layer.input().dataType();
      flow =
          forward.flow(
              size -> workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, type, size, 'c'));
    }
    return flow;
  }

  private RecordedFlow recorded() {
    if (recorded == null) {
      recorded = forward.recorded();
    }
    if (recorded == null) {
      // Neurons that read currents one by one are charged like those of a layer with weights.
      boolean areCurrents =
          isWeighted()
              || currents().synapse() instanceof AverageSynapse average
                  && average.windows().areSingle();
      recorded = FlowArrayRecorder.record(flow().in(), flow().out(), areCurrents);
    }
    return recorded;
  }

  @Override
  public FlowSums flowSums() {
    RecordedFlow recorded = recorded();
    return new FlowSums(recorded.in(), recorded.out());
  }

  @Override
  public INDArray gate(INDArray gradient, double factor) {
    return gate(gradient, factor, false);
  }

  @Override
  public INDArray gateBelowSaturation(INDArray gradient, double factor) {
    return gate(gradient, factor, true);
  }

  private INDArray gate(INDArray gradient, double factor, boolean belowSaturation) {
    DataType type = layer.input().dataType();
    INDArray result =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, type, forward.outputShape(), 'c');
    if (HostArrays.areSingleOnHost(type)) {
      AccumulatedSpikes out = belowSaturation ? forward.out() : null;
      FlowGate.apply(recorded(), out, gradient, factor, result);
    } else {
      FlowGate.apply(flow(), belowSaturation, gradient, factor, result);
    }
    return result;
  }

  @Override
  public double scalar(String name) {
    return layer.getParam(name).getDouble(0);
  }

  @Override
  public void updateScalar(String name, double value) {
    INDArray change = layer.gradientViews().get(name);
    if (change != null) {
      // The NoOp updater subtracts the "gradient" from the parameter.
      change.assign(scalar(name) - value);
    }
  }

  @Override
  public int iteration() {
    return layer.getIterationCount();
  }

  @Override
  public int epoch() {
    return layer.getEpochCount();
  }

  @Override
  public LayerWorkspaceMgr workspaces() {
    return workspaces;
  }

  @Override
  public Object observation() {
    return forward.observation(layer.settings().name());
  }

  @Override
  public StepGradient spikeGradient(INDArray rateGradient) {
    return new StepGradient(forward.inbox().take(), rateGradient, forward.out().steps());
  }

  @Override
  public Map<String, INDArray> parameterGradients() {
    Map<String, INDArray> views = layer.gradientViews();
    Map<String, INDArray> gradients = new HashMap<>(currents().synapseGradients(views));
    // The recurrent currents are not part of the layer's input currents, normalised or not.
    if (views.containsKey(Recurrence.WEIGHT)) {
      gradients.put(Recurrence.WEIGHT, views.get(Recurrence.WEIGHT));
    }
    return gradients;
  }

  @Override
  public InputGradient inputGradient() {
    return new CollectedInputGradient(
        forward.inboxBelow(),
        layer.input(),
        forward.in().shape(),
        forward.out().steps(),
        workspaces,
        sum -> currents().finish(sum, layer.gradientViews(), workspaces));
  }

  private void requireShape(INDArray currentGradient) {
    long[] shape = forward.outputShape();
    if (currentGradient == null || !Arrays.equals(shape, currentGradient.shape())) {
      throw new IllegalStateException(
          ("%s: the gradient rule %s must propagate the gradient of the mean currents,"
                  + " %s, got %s")
              .formatted(
                  layer.settings().name(),
                  layer.settings().backprop(),
                  Arrays.toString(shape),
                  currentGradient == null ? null : Arrays.toString(currentGradient.shape())));
    }
  }

  @Override
  public INDArray propagate(INDArray currentGradient) {
    requireShape(currentGradient);
    return currents()
        .propagate(
            layer.input(),
            currentGradient,
            forward.inboxBelow().isRead(),
            layer.gradientViews(),
            workspaces);
  }
}
