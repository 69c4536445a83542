package org.dl4jsnn.nir.network;

import java.util.List;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Window2D;

/** A part of the network to be: an encoding, a layer or a vertex. */
sealed interface Part {

  /** What it is called. */
  String name();

  /** Names of the parts that it reads. */
  List<String> inputs();

  /** Where features become spikes. */
  record Encoding(String name, FeatureShape shape) implements Part {

    @Override
    public List<String> inputs() {
      return List.of();
    }
  }

  /** Where branches meet: their sum, or one beside the other. */
  record Meeting(String name, List<String> inputs, boolean isSum) implements Part {}

  /** Sums of windows. */
  record Pooling(String name, String input, Window2D window) implements Part {

    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Spikes some steps later.
   *
   * @param steps one for all, or one of every neuron
   */
  record Delay(String name, String input, List<Integer> steps) implements Part {

    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Neurons behind weights, or behind averages of windows.
   *
   * @param recurrent weights from the layer to itself, [to, from]; null for none
   * @param isRow whether the layer has two axes, [channels, positions]
   */
  record Neurons(
      String name,
      String input,
      LinearMap map,
      NeuronDynamics dynamics,
      float[] recurrent,
      boolean isRow)
      implements Part {

    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Integrators that do not fire; of a leak of 0 what arrives at every step.
   *
   * @param integrating what they do
   */
  record ReadOut(String name, String input, LinearMap.Dense map, Integrating integrating)
      implements Part {

    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }
}
