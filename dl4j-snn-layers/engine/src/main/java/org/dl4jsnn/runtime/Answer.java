package org.dl4jsnn.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A network's answer to a sample or to a piece of a stream. Immutable.
 *
 * <pre>{@code
 * Answer answer = SpikingModel.load(file).run(pixels);
 * int decision = answer.decision();
 * float probability = answer.outputs()[decision]; // after a softmax
 * float[] rates = answer.rates("dense");
 * }</pre>
 */
public final class Answer {

  private final float[] outputs;
  private final int decision;
  private final int steps;
  private final Supplier<Map<String, SpikeTrain>> made;

  /** Made when asked for. */
  private volatile Map<String, SpikeTrain> spikes;

  /**
   * Creates an answer.
   *
   * @param outputs the outputs of the last layer
   * @param decision the decided class
   * @param steps the time steps of the window or piece
   * @param made makes the spikes of every layer that fires or passes spikes on
   */
  Answer(float[] outputs, int decision, int steps, Supplier<Map<String, SpikeTrain>> made) {
    this.outputs = outputs;
    this.decision = decision;
    this.steps = steps;
    this.made = made;
  }

  private Map<String, SpikeTrain> spikes() {
    if (spikes == null) {
      spikes = made.get();
    }
    return spikes;
  }

  /**
   * {@return the outputs of the last layer: the activations of an output layer, otherwise firing
   * rates, in array order; if membranes are read as a course, for every step, [n, T]. A copy}
   */
  public float[] outputs() {
    return outputs.clone();
  }

  /**
   * {@return the class that has the largest output; for a course of membranes, by the sum over its
   * steps; the first if equal}
   */
  public int decision() {
    return decision;
  }

  /** {@return the number of time steps of the window or of the piece of a stream} */
  public int steps() {
    return steps;
  }

  /**
   * {@return the names of the layers and vertices that fire or pass spikes on, in execution order}
   */
  public List<String> layers() {
    return List.copyOf(spikes().keySet());
  }

  /**
   * The spikes of a layer.
   *
   * @param layer its name
   * @return the spikes of one sample
   * @throws IllegalArgumentException if no such layer exists
   */
  public SpikeTrain spikes(String layer) {
    SpikeTrain train = spikes().get(layer);
    Require.not(train == null, "layer must be one of %s, got '%s'", spikes().keySet(), layer);
    return train;
  }

  /**
   * The firing rates of a layer: spikes per step.
   *
   * @param layer its name
   * @return one per neuron, in array order
   * @throws IllegalArgumentException if no such layer exists
   */
  public float[] rates(String layer) {
    return ReadOutRates.of(spikes(layer));
  }
}
