package org.dl4jsnn.internal.walk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.host.TrainPieces;
import org.dl4jsnn.internal.layer.SpikingDropoutLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.layer.StreamingLayer;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A walk through one window of inference, step by step, which samples may leave. The encodings, and
 * the neurons that see a constant current, run once over the whole window.
 *
 * <pre>
 *  once:  encoding ─► constant currents ─► trains of T steps
 *  step:  one step of those trains, of the samples that go on ─► the other parts ─► visitor
 * </pre>
 */
public final class SteppedWalk implements AutoCloseable {

  private final NetworkWalk walk;

  /** The places of the parts that lead to the read-out. */
  private final Set<Integer> leading = new TreeSet<>();

  /** What ran over the whole window, by place, and its trains. */
  private final Map<Integer, INDArray> whole = new HashMap<>();

  private final Map<Integer, SpikeTrain> trains = new HashMap<>();

  /** The places that parts read which run step by step, or the read-out. */
  private final Set<Integer> read = new HashSet<>();

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private int[] samples;
  private int step;

  SteppedWalk(NetworkWalk walk, INDArray... features) {
    this.walk = walk;
    walk.parts()
        .forEach(
            part ->
                Require.not(
                    part.configuration() instanceof SpikeAccumulation,
                    "an early answer must not have to wait for the end of the window, got %s",
                    part));
    this.samples = IntStream.range(0, Math.toIntExact(features[0].size(0))).toArray();
    lead(walk.readOut().inputs());
    try {
      undo.push(walk.observe()::close);
      undo.push(walk.hideMasks(features, walk.parts()));
      undo.push(walk.begin(features));
      streams().forEach(layer -> undo.push(layer.goToStart()));
      runWhole(features);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void lead(List<Integer> places) {
    for (int place : places) {
      if (place >= 0 && leading.add(place)) {
        lead(walk.parts().get(place).inputs());
      }
    }
  }

  private List<StreamingLayer.OfTrains<?>> streams() {
    return leading.stream()
        .map(place -> walk.parts().get(place).layer())
        .filter(StreamingLayer.OfTrains.class::isInstance)
        .<StreamingLayer.OfTrains<?>>map(layer -> (StreamingLayer.OfTrains<?>) layer)
        .toList();
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private void runWhole(INDArray... features) {
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int place : leading) {
        NetworkPart part = walk.parts().get(place);
        if (!isWhole(part)) {
          read.addAll(part.inputs());
          continue;
        }
        List<INDArray> inputs =
            part.inputs().stream().map(i -> i < 0 ? features[-1 - i] : arrived(i)).toList();
        INDArray prepared = part.run().prepare(inputs, samples.length, workspaces);
        INDArray outcome = part.run().activate(prepared, false, workspaces);
        whole.put(place, outcome);
        AttachedSpikeTrains.beside(outcome).ifPresent(beside -> trains.put(place, beside.train()));
      }
    } finally {
      whole.values().forEach(AttachedSpikeTrains::release);
    }
    read.addAll(walk.readOut().inputs());
    long lengths = trains.values().stream().mapToInt(SpikeTrain::steps).distinct().count();
    Require.not(
        lengths != 1, "the network's inputs must have the same number of steps, got others");
  }

  /**
   * The outcome of a part that ran over the window; its train may have been released by a reader.
   */
  private INDArray arrived(int place) {
    SpikeTrain train = trains.get(place);
    if (train != null) {
      attach(whole.get(place), train, walk.parts().get(place));
    }
    return whole.get(place);
  }

  private static void attach(INDArray activation, SpikeTrain train, NetworkPart part) {
    GradientInbox unread = GradientInbox.unread(GradientInbox.Learning.NONE, new GradientMemory());
    AttachedSpikeTrains.attach(
        activation, new AttachedSpikeTrains.Beside(train, unread, true, null), part.toString());
  }

  /** Whether a part costs the same for any number of steps. */
  private boolean isWhole(NetworkPart part) {
    if (!part.inputs().stream().allMatch(place -> place < 0 || whole.containsKey(place))) {
      return false;
    }
    List<SpikeTrain> arriving =
        part.inputs().stream().map(trains::get).filter(Objects::nonNull).toList();
    boolean keepsConstant =
        part.layer() instanceof SpikingDropoutLayer
            || part.layer() instanceof SpikingLayer layer && layer.recurrence().isNone();
    return arriving.isEmpty()
        || keepsConstant && arriving.stream().allMatch(SpikeTrain::isConstant);
  }

  /** T, the steps of the window. */
  public int steps() {
    return trains.values().iterator().next().steps();
  }

  /**
   * Runs the next steps of the samples that go on. The visitor also sees the steps of what ran over
   * the whole window, without the train that arrived there.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public void next(int steps, NetworkVisitor visitor) {
    NetworkWalk.PartResults outcomes = new NetworkWalk.PartResults(new INDArray[0], walk.parts());
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int place : leading) {
        NetworkPart part = walk.parts().get(place);
        if (!whole.containsKey(place)) {
          NetworkWalk.pass(
              part,
              outcomes,
              samples.length,
              (next, input) -> next.run().next(input, LayerWorkspaceMgr.noWorkspaces()),
              visitor);
        } else if (read.contains(place)) {
          SpikeTrain train = TrainPieces.of(trains.get(place), samples, step, steps);
          INDArray rates =
              Nd4j.create(train.totals(), train.shape().arrayShape(samples.length), 'c')
                  .divi(steps)
                  .castTo(whole.get(place).dataType());
          attach(rates, train, part);
          outcomes.put(part, rates);
          visitor.leave(
              new NetworkVisitor.Passage(part, Optional.empty(), rates, Optional.of(train)));
        }
      }
    } finally {
      outcomes.release();
    }
    step += steps;
  }

  /** Goes on with some of the samples, by their indices among those that went on so far. */
  public void keep(int... indices) {
    samples = IntStream.of(indices).map(i -> samples[i]).toArray();
    streams().forEach(layer -> layer.keep(indices));
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
    undo.clear();
  }
}
