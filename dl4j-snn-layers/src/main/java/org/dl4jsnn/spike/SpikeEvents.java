package org.dl4jsnn.spike;

/**
 * The spikes of one sample at one time step: a reusable buffer of (neuron, amplitude), in
 * increasing order of the neuron. Not thread-safe; one a simulating task.
 */
public final class SpikeEvents {

  private final int[] neurons;
  private final float[] amplitudes;
  private int size;

  /**
   * An empty buffer.
   *
   * @param capacity the number of neurons, hence the most events of a step
   */
  public SpikeEvents(int capacity) {
    neurons = new int[capacity];
    amplitudes = new float[capacity];
  }

  /** Forgets all events. */
  public void clear() {
    size = 0;
  }

  /**
   * Appends an event.
   *
   * @param neuron index with the channels innermost, greater than that of the event before
   * @param amplitude 1 for an ordinary spike; -1, or a graded current, for inputs
   */
  public void add(int neuron, float amplitude) {
    neurons[size] = neuron;
    amplitudes[size++] = amplitude;
  }

  /**
   * Number of events.
   *
   * @return the size
   */
  public int size() {
    return size;
  }

  /**
   * The neuron of an event.
   *
   * @param event index below {@link #size()}
   * @return the neuron, channels innermost
   */
  public int neuron(int event) {
    return neurons[event];
  }

  /**
   * The amplitude of an event.
   *
   * @param event index below {@link #size()}
   * @return the amplitude
   */
  public float amplitude(int event) {
    return amplitudes[event];
  }
}
