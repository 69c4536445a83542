package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.host.TrainPieces;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * One pass of a sample that ends when its answer is sure: step by step, its state where it is
 * computed. What costs the same for any number of steps is done once, for the whole window: the
 * encoding, and the neurons that see a constant current. Used once, by one thread.
 *
 * <pre>
 *  window: encoding, constant currents ─┬─ step 1 ─► rest of the network ─► sure? ─┐ no
 *                                       ├─ step 2 ─► rest of the network ─► sure? ─┘
 *                                       …
 * </pre>
 */
final class EarlyPass {

  private final Network network;
  private final SavedStream start;
  private final EarlyExit exit;
  private final PassMemory memory = PassMemory.ofHeap();
  private final LiveNetwork live;
  private final LiveState state;
  private final RecordedSteps ran;

  /** Outputs of every step; only of a course of membranes. */
  private final List<float[]> course = new ArrayList<>();

  private Pass window;
  private float[] features;

  EarlyPass(Network network, SavedStream start, EarlyExit exit) {
    this.network = network;
    this.start = start;
    this.exit = exit;
    this.live = network.live();
    this.state = new LiveState(live);
    state.restore(start);
    this.ran = new RecordedSteps(network.model());
  }

  /** Runs the features until the answer is sure, at most for their window. */
  Answer run(float[] sample) {
    begin(sample, true);
    float[] outputs;
    do {
      next(ran.steps() == 0 ? exit.leastSteps() : 1);
      outputs = outputs();
    } while (!exit.isSure(steps(), decided(outputs)) && !isOver());
    return answer(outputs);
  }

  /**
   * Encodes the features.
   *
   * @param constantAtOnce whether neurons that see a constant current run for the whole window; the
   *     state after a step is then not theirs
   */
  void begin(float[] sample, boolean constantAtOnce) {
    features = sample;
    window = new Pass(network, start, false, memory);
    window.encode(features);
    window.runConstant(constantAtOnce);
    List<CompactPart> parts = network.model().parts();
    for (int part = 0; part < parts.size(); part++) {
      SpikeTrain input = window.trains().get(parts.get(part).inputs().get(0));
      boolean hasRun = window.trains().get(part + 1) != null;
      if (parts.get(part) instanceof NeuronPart && !hasRun && input != null && input.isConstant()) {
        SpikeTrain anyStep = TrainPieces.of(input, 0, 1);
        state.replace(part, new ConstantPart(network.layer(part), anyStep));
      }
    }
  }

  /** Runs so many steps, at most to the end of the window. */
  void next(int most) {
    SpikeTrain first = window.trains().get(0);
    int end = (int) Math.min((long) steps() + most, window.steps());
    while (steps() < end) {
      LiveNetwork.Workspace workspace = live.borrow();
      first.read(0, steps(), workspace.first);
      state.step(workspace, first.amplitudeBound(), window.trains(), steps());
      ran.take(workspace);
      live.giveBack(workspace);
      if (isCourse()) {
        course.add(state.readings());
      }
      memory.requireSteps(ran.bytes(), steps());
    }
  }

  /** Whether the whole window has run. */
  boolean isOver() {
    return steps() == window.steps();
  }

  private boolean isCourse() {
    return network.readOut().readsMembranes() && network.readOut().columns(2) > 1;
  }

  int steps() {
    return ran.steps();
  }

  /** The outputs over the steps so far, of a course [nOut, steps]. */
  float[] outputs() {
    if (!network.readOut().readsMembranes()) {
      return network.readOut().outputs(ran::rates);
    }
    if (!isCourse()) {
      return state.readings();
    }
    float[] outputs = new float[course.get(0).length * steps()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = course.get(i % steps())[i / steps()];
    }
    return outputs;
  }

  /** The outputs that decide; for a course of membranes their mean over the steps so far. */
  double[] decided(float... outputs) {
    int columns = network.readOut().columns(steps());
    double[] decided = new double[outputs.length / columns];
    for (int i = 0; i < outputs.length; i++) {
      decided[i / columns] += outputs[i];
    }
    return Arrays.stream(decided).map(sum -> sum / columns).toArray();
  }

  /** What a place passed on at the last step; null if it passes no spikes on. */
  SpikeTrain last(int place) {
    return ran.train(place, steps() - 1, 1);
  }

  /** The state of a part after the steps that ran. */
  PartState part(int index) {
    return state.part(index);
  }

  private Answer answer(float... outputs) {
    return new Answer(outputs, decision(outputs), steps(), () -> network.named(ran::train));
  }

  int decision(float... outputs) {
    return ReadOut.decision(outputs, network.readOut().columns(steps()));
  }

  /** The state after the steps that ran. */
  SavedStream end(Answer answer) {
    SavedStream end = state.save();
    Pass again = new Pass(network, start, true);
    CompactEncoding encoding = network.model().encoding();
    if (encoding.kind().hasTimeAxis()) {
      again.encode(firstFrames(encoding));
    } else {
      again.put(TrainPieces.of(window.trains().get(0), 0, steps()));
    }
    again.runConstant(true);
    List<PartState> parts = new ArrayList<>(end.parts());
    for (int part = 0; part < parts.size(); part++) {
      if (window.trains().get(part + 1) != null) {
        parts.set(part, again.ends().get(part));
      }
    }
    float[] readings = network.readOut().readsMembranes() ? answer.outputs() : null;
    return new SavedStream(
        end.steps(), again.signals(), Collections.unmodifiableList(parts), end.counts(), readings);
  }

  /** The features of the first steps: [channels, steps, …] of [channels, T, …]. */
  private float[] firstFrames(CompactEncoding encoding) {
    int positions = encoding.features().positions();
    int ofWindow = window.steps() * positions;
    float[] first = new float[encoding.features().neurons() * steps()];
    for (int channel = 0; channel < encoding.features().channels(); channel++) {
      System.arraycopy(
          features, channel * ofWindow, first, channel * steps() * positions, steps() * positions);
    }
    return first;
  }
}
