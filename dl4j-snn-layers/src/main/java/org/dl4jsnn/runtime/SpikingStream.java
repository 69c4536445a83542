package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.Require;

/**
 * A sample that arrives piece by piece: membranes, synaptic currents and noise continue from one
 * piece to the next. All pieces together fire the same spikes, bit for bit, as one window of all
 * their steps and as the library's {@code rnnTimeStep}.
 *
 * <p>One thread at a time; streams of one model are independent.
 */
public final class SpikingStream {

  private final Network network;
  private StreamState state = StreamState.AT_REST;

  SpikingStream(Network network) {
    this.network = Require.given("network", network);
  }

  /**
   * Runs a piece. If it fails, the stream is unchanged.
   *
   * @param features any number of frames, [channels, T, height, width] or [n, T]; otherwise a
   *     sample, which lasts for the steps of a window
   * @return the answer to this piece: spikes and rates cover its steps; a leaky read-out covers all
   *     steps so far
   * @throws IllegalArgumentException as {@link SpikingModel#run}
   */
  public Answer step(float... features) {
    Pass pass = new Pass(network, state, true);
    Answer answer = pass.run(features);
    state = pass.end();
    return answer;
  }

  /**
   * The number of steps so far.
   *
   * @return the number; 0 before the first piece
   */
  public long steps() {
    return state.steps();
  }

  /** Resets the stream: neurons at rest. */
  public void reset() {
    state = StreamState.AT_REST;
  }
}
