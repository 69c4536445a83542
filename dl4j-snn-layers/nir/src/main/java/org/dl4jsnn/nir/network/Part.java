package org.dl4jsnn.nir.network;

import java.util.List;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.FeatureShape;

/** A part of the planned network: an encoding, a layer or a vertex. */
sealed interface Part {

  /** Its name. */
  String name();

  /** The names of its inputs. */
  List<String> inputs();

  /** A part with one input. */
  sealed interface OfOne extends Part {

    String input();

    @Override
    default List<String> inputs() {
      return List.of(input());
    }
  }

  /** Turns features into spikes. */
  record Encoding(String name, FeatureShape shape) implements Part {

    @Override
    public List<String> inputs() {
      return List.of();
    }
  }

  /** Joins branches: their sum or their concatenation. */
  record Meeting(String name, List<String> inputs, boolean isSum) implements Part {}

  /** Sums of windows. */
  record Pooling(String name, String input, Window2D window) implements OfOne {}

  /**
   * Delays spikes by some steps.
   *
   * @param steps one for all, or one per neuron
   */
  record Delay(String name, String input, List<Integer> steps) implements OfOne {}

  /**
   * Neurons after weights or after averages of windows.
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
      implements OfOne {}

  /** Integrators without firing; with a leak of 0, the input of every step. */
  record ReadOut(String name, String input, LinearMap.Dense map, Integrating integrating)
      implements OfOne {}
}
