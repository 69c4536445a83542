package org.dl4jsnn.runtime;

import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A sample that runs one step at a time, so that spikes, membrane potentials and outputs can be
 * looked at after each. Its spikes are those of {@link SpikingModel#run(float...)}, bit for bit.
 *
 * <pre>{@code
 * StepByStep run = SpikingModel.load(file).stepByStep(pixels);
 * while (run.next()) {
 *   float[] outputs = run.outputs();
 *   float[] membranes = run.membranes("conv1");
 * }
 * }</pre>
 *
 * <p>Not thread-safe: one thread at a time.
 */
public final class StepByStep {

  private final Network network;
  private final CompactModel model;
  private final EarlyPass pass;

  StepByStep(Network network, float... features) {
    this.network = network;
    this.model = network.model();
    this.pass = new EarlyPass(network, SavedStream.AT_REST, EarlyExit.never());
    pass.begin(features, false);
  }

  /**
   * Runs the next step.
   *
   * @return whether there was one; false at the end of the window
   */
  public boolean next() {
    if (pass.isOver()) {
      return false;
    }
    pass.next(1);
    return true;
  }

  /** {@return the number of steps so far; 0 before the first} */
  public int steps() {
    return pass.steps();
  }

  /**
   * {@return the outputs of a window that ends here, as {@link Answer#outputs}}
   *
   * @throws IllegalStateException before the first step
   */
  public float[] outputs() {
    requireStep();
    return pass.outputs().clone();
  }

  /**
   * {@return one number per output, as {@link EarlyExit} judges them: {@link #outputs}, of a course
   * of membranes their means over the steps so far}
   *
   * @throws IllegalStateException before the first step
   */
  public double[] meanOutputs() {
    requireStep();
    return pass.decided(pass.outputs());
  }

  /**
   * {@return the class that a window which ends here decides for, as {@link Answer#decision}}
   *
   * @throws IllegalStateException before the first step
   */
  public int decision() {
    requireStep();
    return pass.decision(pass.outputs());
  }

  /**
   * {@return the names of the layers and vertices that fire or pass spikes on, in execution order}
   *
   * @throws IllegalStateException before the first step
   */
  public List<String> layers() {
    requireStep();
    return List.copyOf(network.named(pass::last).keySet());
  }

  /**
   * The spikes of a layer at the last step.
   *
   * @param layer its name
   * @return the spikes of one sample and one step
   * @throws IllegalArgumentException if there is no such layer, or it passes no spikes on
   * @throws IllegalStateException before the first step
   */
  public SpikeTrain spikes(String layer) {
    requireStep();
    SpikeTrain train = pass.last(1 + part(layer));
    Require.not(train == null, "layer must pass spikes on, got '%s', which does not", layer);
    return train;
  }

  /**
   * Whether a layer's neurons have membrane potentials.
   *
   * @param layer its name
   * @return false for pooling and whatever else only passes spikes on
   * @throws IllegalArgumentException if there is no such layer
   */
  public boolean hasMembranes(String layer) {
    return membrane(part(layer)) >= 0;
  }

  /**
   * The membrane potentials of a layer's neurons after the last step, reset and leak included.
   *
   * @param layer its name
   * @return one per neuron, in array order
   * @throws IllegalArgumentException if there is no such layer, or its neurons have no membrane
   *     potential
   * @throws IllegalStateException before the first step
   */
  public float[] membranes(String layer) {
    requireStep();
    int index = part(layer);
    int variable = membrane(index);
    Require.not(
        variable < 0, "layer must have membrane potentials, got '%s', which has none", layer);
    NeuronState state = pass.part(index).neurons();
    double[] values = state.variable(0, variable);
    FeatureShape shape = model.shapes().get(1 + index);
    float[] membranes = new float[values.length];
    for (int neuron = 0; neuron < values.length; neuron++) {
      membranes[shape.arrayIndex(neuron)] = (float) values[neuron];
    }
    return membranes;
  }

  /** The index of the membrane among a part's variables; −1 if it has none. */
  private int membrane(int part) {
    return model.parts().get(part) instanceof NeuronPart neurons && neurons.fires()
        ? StateVariable.membrane(neurons.neuron().variables())
        : -1;
  }

  private void requireStep() {
    if (pass.steps() == 0) {
      throw new IllegalStateException("a run must have had a step before it can be looked into");
    }
  }

  private int part(String layer) {
    List<String> names = model.parts().stream().map(CompactPart::name).toList();
    int index = names.indexOf(layer);
    Require.not(index < 0, "layer must be one of %s, got '%s'", names, layer);
    return index;
  }
}
