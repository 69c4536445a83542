package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.Require;

/**
 * A sample that comes piece by piece: membranes, synaptic currents and noise go on from one piece
 * to the next. All pieces together fire the same spikes, bit for bit, as one window of all their
 * steps, and as {@code rnnTimeStep} of the library.
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
   * Goes on by a piece. Where it fails, the stream is as before.
   *
   * @param features of frames any number of steps, [channels, T, height, width] or [n, T];
   *     otherwise a sample, which goes on for as many steps as a window has
   * @return the answer to this piece: spikes and rates are those of its steps, what a leaky
   *     read-out reads is of all so far
   * @throws IllegalArgumentException as {@link SpikingModel#run}
   */
  public Answer step(float... features) {
    Pass pass = new Pass(network, state, true);
    Answer answer = pass.run(features);
    state = pass.end();
    return answer;
  }

  /**
   * Steps so far.
   *
   * @return the number; 0 before the first piece
   */
  public long steps() {
    return state.steps();
  }

  /** Begins anew: neurons at rest. */
  public void reset() {
    state = StreamState.AT_REST;
  }
}
