package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.Require;

/**
 * A sample that arrives piece by piece: membranes, synaptic currents and noise continue from one
 * piece to the next. All pieces together fire the same spikes, bit for bit, as one window of all
 * their steps and as the library's {@code rnnTimeStep}.
 *
 * <pre>{@code
 * SpikingStream stream = SpikingModel.load(file).stream(); // one for each sensor
 * for (float[] frame : frames) {
 *   int decision = stream.step(frame).decision(); // [n, T], any number of steps
 * }
 * float[] outputs = stream.outputsSoFar();
 * stream.reset();
 * }</pre>
 *
 * <p>Not thread-safe: one thread at a time. Streams of one model are independent.
 */
public final class SpikingStream {

  private final Network network;
  private SavedStream state = SavedStream.AT_REST;

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
   * @throws IllegalArgumentException as {@link SpikingModel#run(float...)}
   */
  public Answer step(float... features) {
    Pass pass = new Pass(network, state, true);
    Answer answer = pass.run(features);
    state = pass.end();
    return answer;
  }

  /**
   * Runs a piece until its answer is sure, at most to its end; the stream is then where a piece of
   * so many steps would have left it, and the rest of the piece is not seen. If it fails, the
   * stream is unchanged.
   *
   * @param exit when an answer is sure, judged by the outputs of the piece so far; steps count from
   *     the beginning of the piece
   * @param features as for {@link #step(float...)}
   * @return the answer to the steps that ran, which {@link Answer#steps} counts
   * @throws IllegalArgumentException as {@link SpikingModel#run(EarlyExit, float...)}
   */
  public Answer step(EarlyExit exit, float... features) {
    EarlyPass pass = new EarlyPass(network, state, Require.given("exit", exit));
    Answer answer = pass.run(features);
    state = pass.end(answer);
    return answer;
  }

  /**
   * The outputs over all steps so far, the same as {@link SpikingModel#run(float...)} gives for one
   * window of the same frames: those of the firing rates since the stream began, or those of the
   * last answer if membranes are read. A course of membranes covers only the last piece.
   *
   * @return the outputs, as {@link Answer#outputs}
   * @throws IllegalStateException before the first piece
   */
  public float[] outputsSoFar() {
    if (state.steps() == 0) {
      throw new IllegalStateException("a stream must have had a piece before it has outputs");
    }
    return network.readOut().readsMembranes()
        ? state.readings().clone()
        : network.readOut().outputs(state::rates);
  }

  /** {@return the number of steps so far; 0 before the first piece} */
  public long steps() {
    return state.steps();
  }

  /** Resets the stream: neurons at rest. */
  public void reset() {
    state = SavedStream.AT_REST;
  }

  /**
   * The position of the stream, to store or to send: membranes, synaptic currents, delayed spikes,
   * the number of steps and the counts behind {@link #outputsSoFar}. The layout is in
   * docs/model-file.md.
   *
   * @return the bytes, which any thread may use
   * @throws IllegalStateException if a number is not finite, if the bytes beside the delayed spikes
   *     would take more than half of the heap, or if a layer holds more than 2,147,483,647 delayed
   *     spikes (neurons · steps so far, at most its longest delay)
   */
  public byte[] toBytes() {
    return StreamWriter.bytes(network, state);
  }

  /**
   * Moves this stream to a position, which may come from another stream, process or machine with
   * the same model. The spikes that follow are the same, bit for bit. If the bytes are refused, the
   * stream is unchanged.
   *
   * @param bytes as {@link #toBytes} made them; memory is bounded by the model's size and half of
   *     the heap, for a course of membranes by 64 times their length
   * @throws ModelFormatException if the bytes are damaged, of a later version, or of a model with
   *     other layers; other weights are not detected
   */
  public void restore(byte[] bytes) throws ModelFormatException {
    state = StreamReader.state(network, Require.given("bytes", bytes));
  }
}
