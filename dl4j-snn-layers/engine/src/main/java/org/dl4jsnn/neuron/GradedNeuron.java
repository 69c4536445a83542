package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.List;

/**
 * No neuron: a layer with it passes on the current of every step as a graded spike, instead of
 * charging membranes. The shortcuts of MS-ResNet add such currents (Hu et al., "Advancing Spiking
 * Neural Networks towards Deep Residual Learning", arXiv 2112.08954).
 *
 * <pre>{@code
 * SpikingConvolution2D currents =
 *     new SpikingConvolution2D.Builder(3, 3).nOut(64).neuron(new GradedNeuron()).build();
 * }</pre>
 *
 * <p>For layers with weights that are not recurrent. Linear, so the layer needs no gradient rule:
 * its gradient is exact under every rule of the network. Layers with neurons, or a {@code
 * SpikingAdd} of such layers, read its graded spikes.
 */
public record GradedNeuron() implements NeuronDynamics {

  private static final long serialVersionUID = 1L;

  private static final List<StateVariable> NONE =
      List.of(new StateVariable(StateVariable.MEMBRANE, 0));

  @Override
  public boolean passesCurrents() {
    return true;
  }

  @Override
  public List<StateVariable> variables() {
    return NONE;
  }

  @Override
  public double threshold() {
    return 1;
  }

  /** It never fires. */
  @Override
  public void excess(Neurons neurons, float[] excess) {
    Arrays.fill(excess, -1);
  }

  /** It keeps nothing. */
  @Override
  public void reset(Neurons neurons) {
    Arrays.fill(neurons.variable(0), 0);
  }

  @Override
  public String toString() {
    return "no neurons, graded spikes";
  }
}
