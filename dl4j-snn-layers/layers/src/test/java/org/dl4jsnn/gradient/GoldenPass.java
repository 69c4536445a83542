package org.dl4jsnn.gradient;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A fully connected layer outside a network, which keeps its gradients. */
final class GoldenPass implements LayerPass, InputGradient {

  final Map<String, INDArray> gradients = new HashMap<>();
  private final Map<Integer, double[]> learned = new HashMap<>();
  private final SimulatedWindow window;

  /** [B · T, inputs]. */
  private final INDArray inTime;

  GoldenPass(SimulatedWindow window, int recurrent) {
    this.window = window;
    int inputs = window.input().shape().neurons();
    int neurons = window.output().shape().neurons();
    gradients.put(Synapse.WEIGHT, Nd4j.zeros(DataType.FLOAT, inputs, neurons));
    gradients.put(Synapse.BIAS, Nd4j.zeros(DataType.FLOAT, neurons));
    if (recurrent > 0) {
      gradients.put(Recurrence.WEIGHT, Nd4j.zeros(DataType.FLOAT, recurrent, recurrent));
    }
    int rows = window.input().minibatch() * window.input().steps();
    this.inTime = Nd4j.zeros(DataType.FLOAT, rows, inputs);
  }

  INDArray learned(int parameter) {
    return Nd4j.create(learned.get(parameter)).castTo(DataType.FLOAT);
  }

  /** The gradient of the input, [B, inputs, T]. */
  INDArray inTime() {
    long steps = window.input().steps();
    return inTime.reshape('c', window.input().minibatch(), steps, inTime.size(1)).permute(0, 2, 1);
  }

  @Override
  public void add(int firstSample, int firstStep, int blockSteps, INDArray block) {
    int samples = (int) block.size(0) / blockSteps;
    for (int row = 0; row < samples * blockSteps; row++) {
      int sample = firstSample + row / blockSteps;
      int step = firstStep + row % blockSteps;
      inTime.putRow((long) sample * window.input().steps() + step, block.getRow(row));
    }
  }

  @Override
  public OfSamples ofSamples(Optional<PoolingWindows> sharedInputs) {
    throw new UnsupportedOperationException("only gradients of blocks");
  }

  @Override
  public INDArray finish() {
    return inTime;
  }

  @Override
  public Map<String, INDArray> parameterGradients() {
    return gradients;
  }

  @Override
  public void learn(int parameter, double[] gradient) {
    learned.put(parameter, gradient);
  }

  @Override
  public InputGradient inputGradient() {
    return this;
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public NeuronDynamics neuron() {
    return window.neuron();
  }

  @Override
  public AccumulatedFlow flow() {
    throw new UnsupportedOperationException("no flow");
  }

  @Override
  public FlowSums flowSums() {
    throw new UnsupportedOperationException("no flow");
  }

  @Override
  public INDArray gate(INDArray gradient, double factor) {
    throw new UnsupportedOperationException("no gate");
  }

  @Override
  public INDArray gateBelowSaturation(INDArray gradient, double factor) {
    throw new UnsupportedOperationException("no gate");
  }

  @Override
  public double scalar(String name) {
    throw new UnsupportedOperationException("no scalars");
  }

  @Override
  public void updateScalar(String name, double value) {
    throw new UnsupportedOperationException("no scalars");
  }

  @Override
  public int iteration() {
    return 0;
  }

  @Override
  public int epoch() {
    return 0;
  }

  @Override
  public LayerWorkspaceMgr workspaces() {
    return LayerWorkspaceMgr.noWorkspaces();
  }

  @Override
  public Object observation() {
    throw new UnsupportedOperationException("no observation");
  }

  @Override
  public StepGradient spikeGradient(INDArray rateGradient) {
    throw new UnsupportedOperationException("given to the layer itself");
  }

  @Override
  public INDArray propagate(INDArray currentGradient) {
    throw new UnsupportedOperationException("no gradient of rates");
  }
}
