package org.dl4jsnn.runtime;

import java.util.List;
import java.util.Map;
import org.dl4jsnn.spike.SpikeTrain;

/** What a network makes of a sample, or of a piece of a stream. Immutable. */
public final class Answer {

  private final float[] outputs;
  private final int decision;
  private final int steps;
  private final Map<String, SpikeTrain> spikes;

  /**
   * An answer.
   *
   * @param outputs what the last layer makes
   * @param decision the class that is decided for
   * @param steps time steps of the window or piece
   * @param spikes of every layer that fires or passes spikes on
   */
  Answer(float[] outputs, int decision, int steps, Map<String, SpikeTrain> spikes) {
    this.outputs = outputs;
    this.decision = decision;
    this.steps = steps;
    this.spikes = spikes;
  }

  /**
   * What the network's last layer makes: of an output layer its activations, otherwise the firing
   * rates, in the order of arrays. Where membranes are read as a course, of every step: [n, T].
   *
   * @return a copy
   */
  public float[] outputs() {
    return outputs.clone();
  }

  /**
   * The class that a classifier decides for; of a course of membranes by the sum over its steps.
   *
   * @return the index of the largest output, the first of equal ones
   */
  public int decision() {
    return decision;
  }

  /**
   * Time steps.
   *
   * @return those of the window, or of the piece of a stream
   */
  public int steps() {
    return steps;
  }

  /**
   * The layers and vertices that fire or pass spikes on.
   *
   * @return their names, in the order in which they run
   */
  public List<String> layers() {
    return List.copyOf(spikes.keySet());
  }

  /**
   * The spikes of a layer.
   *
   * @param layer its name
   * @return the spikes, of one sample
   * @throws IllegalArgumentException if there is no such layer
   */
  public SpikeTrain spikes(String layer) {
    SpikeTrain train = spikes.get(layer);
    if (train == null) {
      throw new IllegalArgumentException(
          "layer must be one of " + spikes.keySet() + ", got '" + layer + "'");
    }
    return train;
  }

  /**
   * The firing rates of a layer: spikes per step.
   *
   * @param layer its name
   * @return one a neuron, in the order of arrays
   * @throws IllegalArgumentException if there is no such layer
   */
  public float[] rates(String layer) {
    return Rates.of(spikes(layer));
  }
}
