package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;

/**
 * The spikes of one sample at one time step: a reusable buffer of (position, channel, amplitude),
 * in increasing order of position and channel. Not thread-safe; one per simulating task.
 */
public final class SpikeEvents {

  /** Bits that are written before the next test. */
  private static final int BITS_AT_ONCE = 4;

  private final int channelsPerPosition;
  private final int places;
  private final int[] positions;
  private final int[] channels;
  private final float[] amplitudes;
  private int size;

  /**
   * Creates an empty buffer.
   *
   * @param shape the shape of the neurons; a step has at most one event per neuron
   */
  public SpikeEvents(FeatureShape shape) {
    channelsPerPosition = shape.channels();
    places = shape.positions();
    int room = Math.addExact(shape.neurons(), BITS_AT_ONCE - 1);
    positions = new int[room];
    channels = new int[room];
    amplitudes = new float[room];
  }

  /** Removes all events. */
  public void clear() {
    size = 0;
  }

  /**
   * Appends an event.
   *
   * @param position y · width + x
   * @param channel channel
   * @param amplitude 1 for an ordinary spike; -1, or a graded current, for inputs
   */
  public void add(int position, int channel, float amplitude) {
    positions[size] = position;
    channels[size] = channel;
    amplitudes[size++] = amplitude;
  }

  /**
   * Appends a spike for every bit that is set.
   *
   * @param position the position of all of them
   * @param firstChannel the channel of the lowest bit
   * @param bits a bit for each channel
   */
  @Internal
  public void addBits(int position, int firstChannel, int bits) {
    int left = bits;
    for (int next = size; left != 0; next += BITS_AT_ONCE) {
      // Surplus entries are overwritten: a loop over each word's bits would be mispredicted.
      for (int i = next; i < next + BITS_AT_ONCE; i++) {
        positions[i] = position;
        channels[i] = firstChannel + Integer.numberOfTrailingZeros(left);
        amplitudes[i] = 1;
        left &= left - 1;
      }
    }
    size += Integer.bitCount(bits);
  }

  /**
   * Takes the neurons whose value is not 0 as events; others in between have none.
   *
   * @param values one per neuron, in order of position and channel
   */
  @Internal
  public void set(float... values) {
    int next = 0;
    int neuron = 0;
    for (int position = 0; neuron < values.length; position++) {
      for (int channel = 0; channel < channelsPerPosition; channel++, neuron++) {
        positions[next] = position;
        channels[next] = channel;
        amplitudes[next] = values[neuron];
        int magnitude = Float.floatToRawIntBits(values[neuron]) & Integer.MAX_VALUE;
        next += -magnitude >>> Integer.SIZE - 1; // without a branch that would be mispredicted
      }
    }
    size = next;
  }

  /**
   * Multiplies every event by its neuron's factor; events that become zero are left out.
   *
   * @param factors factors in the order of arrays
   * @param first index of the sample's first factor
   */
  void scale(float[] factors, int first) {
    int kept = 0;
    for (int e = 0; e < size; e++) {
      float amplitude = amplitudes[e] * factors[first + channels[e] * places + positions[e]];
      positions[kept] = positions[e];
      channels[kept] = channels[e];
      amplitudes[kept] = amplitude;
      kept += amplitude != 0 ? 1 : 0;
    }
    size = kept;
  }

  /** {@return the number of events} */
  public int size() {
    return size;
  }

  /**
   * {@return the position of an event: y · width + x}
   *
   * @param event index below {@link #size()}
   */
  public int position(int event) {
    return positions[event];
  }

  /**
   * {@return the channel of an event}
   *
   * @param event index below {@link #size()}
   */
  public int channel(int event) {
    return channels[event];
  }

  /**
   * {@return the neuron of an event: position · channels + channel}
   *
   * @param event index below {@link #size()}
   */
  public int neuron(int event) {
    return positions[event] * channelsPerPosition + channels[event];
  }

  /**
   * {@return the amplitude of an event}
   *
   * @param event index below {@link #size()}
   */
  public float amplitude(int event) {
    return amplitudes[event];
  }
}
