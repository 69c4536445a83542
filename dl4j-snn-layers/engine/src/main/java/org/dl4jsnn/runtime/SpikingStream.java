package org.dl4jsnn.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A sample that arrives piece by piece: membranes, synaptic currents and noise continue from one
 * piece to the next. All pieces together fire the same spikes, bit for bit, as one window of all
 * their steps and as the library's {@code rnnTimeStep}.
 *
 * <pre>{@code
 * SpikingModel model = SpikingModel.load(file);
 * SpikingStream stream = model.stream(); // one for each sensor
 * StepEvents events = model.newEvents();
 * events.add(1, y, x); // an ON event; and all others of this step
 * int decision = stream.step(events).decision();
 * events.clear(); // for the next step
 * stream.skip(60); // steps without events
 * float[] outputs = stream.outputsSoFar();
 * stream.reset();
 * }</pre>
 *
 * <p>A step of events costs what they reach: neurons whose potential nothing changes are not
 * visited, and their leak is made up for when something does. Neurons with a bias, a synaptic
 * current or adaptation move at every step and are visited at every step.
 *
 * <p>Not thread-safe: a call during another one is refused. Streams of one model are independent.
 */
public final class SpikingStream {

  private final Network network;

  /**
   * One of two forms of the state; the other is null. A value, before the first step and after a
   * window.
   */
  private SavedStream saved = SavedStream.AT_REST;

  /** Where it is computed, after single steps. */
  private LiveState live;

  /** Whether a call is running. */
  private final AtomicBoolean isBusy = new AtomicBoolean();

  SpikingStream(Network network) {
    this.network = Require.given("network", network);
  }

  private void enter() {
    if (!isBusy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "a stream must take one call at a time, got one during another. Possible cause: two"
              + " threads share a stream; make one for each sensor");
    }
  }

  private void leave() {
    isBusy.set(false);
  }

  /**
   * Runs a step of events. If it fails, the stream is unchanged.
   *
   * @param events what arrived in this step, as {@link SpikingModel#newEvents} collects it
   * @return the answer to this step: spikes and rates are those of the step; a leaky read-out
   *     covers all steps so far
   * @throws IllegalArgumentException if the events are of another shape, the model takes no frames,
   *     or a membrane potential exceeds single precision
   * @throws IllegalStateException during another call
   */
  public Answer step(StepEvents events) {
    return step(events, true);
  }

  /**
   * Runs a step of events like {@link #step(StepEvents)}, but makes no answer and allocates
   * nothing; {@link #outputsSoFar} has one.
   *
   * @param events what arrived in this step
   * @throws IllegalArgumentException as {@link #step(StepEvents)}
   * @throws IllegalStateException during another call
   */
  public void advance(StepEvents events) {
    step(events, false);
  }

  private Answer step(StepEvents events, boolean answers) {
    requireFrames("events");
    FeatureShape shape = network.model().encoding().features();
    if (!Require.given("events", events).shape().equals(shape)) {
      throw new IllegalArgumentException(
          "events must be of "
              + shape
              + " features, got events of "
              + events.shape()
              + ". Possible cause: they were made for another model");
    }
    enter();
    try {
      LiveState state = live();
      LiveNetwork.Workspace workspace = network.live().borrow();
      state.step(workspace, events.writeTo(workspace.first));
      return end(state, workspace, answers);
    } finally {
      leave();
    }
  }

  /** Events enter a network as they are, without an encoding of their own. */
  private void requireFrames(String what) {
    CompactEncoding encoding = network.model().encoding();
    if (encoding.kind() != CompactEncoding.Kind.FRAMES || encoding.population() != null) {
      throw new IllegalArgumentException(
          "a model that takes "
              + what
              + " must be one for frames, got one of encoding "
              + encoding.kind()
              + ". Its steps are features: step(float...)");
    }
  }

  private Answer end(LiveState state, LiveNetwork.Workspace workspace, boolean answers) {
    Answer answer = null;
    if (answers) {
      RecordedSteps recorded = new RecordedSteps(network.model());
      recorded.take(workspace);
      ReadOut readOut = network.readOut();
      float[] outputs =
          readOut.readsMembranes() ? state.readings() : readOut.outputs(workspace::rates);
      answer =
          new Answer(
              outputs, ReadOut.decision(outputs, 1), 1, () -> network.named(recorded::train));
    }
    network.live().giveBack(workspace);
    return answer;
  }

  /** The state where it is computed. */
  private LiveState live() {
    if (live == null) {
      LiveState state = new LiveState(network.live());
      if (saved.steps() > 0) {
        state.restore(saved);
      }
      live = state;
      saved = null;
    }
    return live;
  }

  /** The state as a value. */
  private SavedStream saved() {
    return live == null ? saved : live.save();
  }

  private void take(SavedStream state) {
    saved = state;
    live = null;
  }

  /**
   * Takes so many steps without events: the same, bit for bit, as {@link #step(StepEvents)} with
   * none so often. Once no neuron moves any more, steps cost nothing.
   *
   * @param steps how many; at least 0
   * @throws IllegalArgumentException if the number is negative or the model takes no frames
   * @throws IllegalStateException during another call
   */
  public void skip(long steps) {
    requireFrames("silent steps");
    if (steps < 0) {
      throw new IllegalArgumentException("steps to skip must be at least 0, got " + steps);
    }
    enter();
    try {
      if (steps > 0) {
        LiveState state = live();
        LiveNetwork.Workspace workspace = network.live().borrow();
        state.skip(steps, workspace);
        network.live().giveBack(workspace);
      }
    } finally {
      leave();
    }
  }

  /**
   * Runs a piece. If it fails, the stream is unchanged.
   *
   * @param features any number of frames, [channels, T, height, width] or [n, T]; otherwise a
   *     sample, which lasts for the steps of a window
   * @return the answer to this piece: spikes and rates cover its steps; a leaky read-out covers all
   *     steps so far
   * @throws IllegalArgumentException as {@link SpikingModel#run(float...)}
   * @throws IllegalStateException during another call
   */
  public Answer step(float... features) {
    CompactEncoding encoding = network.model().encoding();
    enter();
    try {
      if (encoding.kind().hasTimeAxis() && features.length == encoding.features().neurons()) {
        return frame(encoding, features);
      }
      Pass pass = new Pass(network, saved(), true);
      Answer answer = pass.run(features);
      take(pass.end());
      return answer;
    } finally {
      leave();
    }
  }

  /** A piece of a single step. */
  private Answer frame(CompactEncoding encoding, float... features) {
    LiveState state = live();
    LiveNetwork.Workspace workspace = network.live().borrow();
    if (encoding.kind() == CompactEncoding.Kind.FRAMES && encoding.population() == null) {
      float largest = Magnitudes.largest(features);
      if (!Float.isFinite(largest)) {
        FiniteFlow.require(features, features.length, "features that are not normalised");
      }
      state.step(workspace, workspace.take(features, largest));
    } else {
      FirstSpikes.Encoded encoded =
          FirstSpikes.of(encoding, features, state.signals(), state.steps());
      encoded.train().read(0, 0, workspace.first);
      state.step(workspace, encoded.train().amplitudeBound());
      state.signals(encoded.signals());
    }
    return end(state, workspace, true);
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
   * @throws IllegalStateException during another call
   */
  public Answer step(EarlyExit exit, float... features) {
    Require.given("exit", exit);
    enter();
    try {
      EarlyPass pass = new EarlyPass(network, saved(), exit);
      Answer answer = pass.run(features);
      take(pass.end(answer));
      return answer;
    } finally {
      leave();
    }
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
    if (steps() == 0) {
      throw new IllegalStateException("a stream must have had a piece before it has outputs");
    }
    if (network.readOut().readsMembranes()) {
      return live == null ? saved.readings().clone() : live.readings();
    }
    return network.readOut().outputs(live == null ? saved::rates : live::rates);
  }

  /** {@return the number of steps so far; 0 before the first piece} */
  public long steps() {
    return live == null ? saved.steps() : live.steps();
  }

  /** Resets the stream: neurons at rest. */
  public void reset() {
    enter();
    take(SavedStream.AT_REST);
    leave();
  }

  /**
   * The position of the stream, to store or to send: membranes, synaptic currents, delayed spikes,
   * the number of steps and the counts behind {@link #outputsSoFar}. The layout is in
   * docs/model-file.md.
   *
   * @return the bytes, which any thread may use
   * @throws IllegalStateException if a number is not finite, if the bytes beside the delayed spikes
   *     would take more than half of the heap, if a layer holds more than 2,147,483,647 delayed
   *     spikes (neurons · steps so far, at most its longest delay), or during another call
   */
  public byte[] toBytes() {
    enter();
    try {
      return StreamWriter.bytes(network, saved());
    } finally {
      leave();
    }
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
   * @throws IllegalStateException during another call
   */
  public void restore(byte[] bytes) throws ModelFormatException {
    enter();
    try {
      take(StreamReader.state(network, Require.given("bytes", bytes)));
    } finally {
      leave();
    }
  }
}
