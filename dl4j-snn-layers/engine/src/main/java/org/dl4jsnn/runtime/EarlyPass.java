package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.host.TrainPieces;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * One pass of a sample that ends when its answer is sure: step by step, after as many at once as
 * the policy asks for at least, the state carried. What costs the same for any number of steps is
 * done once, for the whole window: the encoding, and the neurons that see a constant current. Used
 * once, by one thread.
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
  private final List<Piece> pieces = new ArrayList<>();
  private Pass window;

  /** The steps that ran last; null before the first. */
  private Pass last;

  private float[] features;

  /** The steps that ran. */
  private int steps;

  /**
   * What remains of some steps.
   *
   * @param outputs of a course of membranes; null of others
   */
  private record Piece(List<SpikeTrain> trains, float[] outputs, int steps) {}

  EarlyPass(Network network, SavedStream start, EarlyExit exit) {
    this.network = network;
    this.start = start;
    this.exit = exit;
  }

  /** Runs the features until the answer is sure, at most for their window. */
  Answer run(float[] sample) {
    begin(sample, true);
    float[] outputs;
    do {
      next(last == null ? exit.leastSteps() : 1);
      outputs = outputs();
    } while (!exit.isSure(steps, decided(outputs)) && !isOver());
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
  }

  /** Runs so many steps, at most to the end of the window. */
  void next(int most) {
    int next = Math.min(most, window.steps() - steps);
    last = new Pass(network, last == null ? start : last.end(), true, memory.ofNextStep());
    last.runSteps(window, steps, next);
    pieces.add(new Piece(last.trains(), isCourse() ? last.outputs() : null, next));
    steps += next;
    memory.holdStep(last.trains());
  }

  /** Whether the whole window has run. */
  boolean isOver() {
    return steps == window.steps();
  }

  /** What ran last. */
  Pass last() {
    return last;
  }

  private boolean isCourse() {
    return network.readOut().readsMembranes() && network.readOut().columns(2) > 1;
  }

  int steps() {
    return steps;
  }

  /** The outputs over the steps so far, of a course [nOut, steps]. */
  float[] outputs() {
    ReadOut readOut = network.readOut();
    if (!readOut.readsMembranes()) {
      return readOut.outputs(place -> ReadOutRates.of(train(place)));
    }
    if (!isCourse()) {
      return last.outputs();
    }
    int classes = last.outputs().length / last.steps();
    float[] course = new float[classes * steps];
    int first = 0;
    for (Piece piece : pieces) {
      for (int j = 0; j < classes; j++) {
        System.arraycopy(piece.outputs, j * piece.steps, course, j * steps + first, piece.steps);
      }
      first += piece.steps;
    }
    return course;
  }

  /** The outputs that decide; for a course of membranes their mean over the steps so far. */
  double[] decided(float... outputs) {
    int columns = network.readOut().columns(steps);
    double[] decided = new double[outputs.length / columns];
    for (int i = 0; i < outputs.length; i++) {
      decided[i / columns] += outputs[i];
    }
    return Arrays.stream(decided).map(sum -> sum / columns).toArray();
  }

  /** What a place passed on in the steps that ran; null if it passes no spikes on. */
  private SpikeTrain train(int place) {
    SpikeTrain whole = window.trains().get(place);
    if (whole != null) {
      return TrainPieces.of(whole, 0, steps);
    }
    List<SpikeTrain> ran =
        pieces.stream().map(piece -> piece.trains.get(place)).takeWhile(t -> t != null).toList();
    return ran.isEmpty() ? null : TrainPieces.joined(ran);
  }

  private Answer answer(float... outputs) {
    List<SpikeTrain> trains = new ArrayList<>();
    for (int place = 0; place < window.trains().size(); place++) {
      trains.add(train(place));
    }
    return new Answer(outputs, decision(outputs), steps, network.named(trains));
  }

  int decision(float... outputs) {
    return ReadOut.decision(outputs, network.readOut().columns(steps));
  }

  /** The state after the steps that ran. */
  SavedStream end(Answer answer) {
    SavedStream end = last.end();
    Pass ran = new Pass(network, start, true);
    CompactEncoding encoding = network.model().encoding();
    if (encoding.kind().hasTimeAxis()) {
      ran.encode(firstFrames(encoding));
    } else {
      ran.put(train(0));
    }
    ran.runConstant(true);
    List<PartState> parts = new ArrayList<>(end.parts());
    List<CompactPart> all = network.model().parts();
    for (int part = 0; part < all.size(); part++) {
      if (window.trains().get(part + 1) != null) {
        parts.set(part, ran.ends().get(part));
      }
    }
    float[] readings = network.readOut().readsMembranes() ? answer.outputs() : null;
    return new SavedStream(
        end.steps(),
        ran.signals(),
        Collections.unmodifiableList(parts),
        start.countsWith(network.readOut().sources(), this::train),
        readings);
  }

  /** The features of the first steps: [channels, steps, …] of [channels, T, …]. */
  private float[] firstFrames(CompactEncoding encoding) {
    int positions = encoding.features().positions();
    int ofWindow = window.steps() * positions;
    float[] first = new float[encoding.features().neurons() * steps];
    for (int channel = 0; channel < encoding.features().channels(); channel++) {
      System.arraycopy(
          features, channel * ofWindow, first, channel * steps * positions, steps * positions);
    }
    return first;
  }
}
