package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer that continues where the previous call stopped. Only this interface knows how
 * Deeplearning4j asks for that:
 *
 * <pre>
 *  rnnTimeStep               {@link #rnnTimeStep}: from the kept state, which is then replaced
 *  fit, TruncatedBPTT        {@link #rnnActivateUsingStoredState}: from the kept state, which is not changed;
 *                            the state after the piece is kept separately, and
 *                            rnnSetPreviousState(rnnGetTBPTTState()) makes it the kept state
 *  output, fit               activate: a complete window, which changes neither
 * </pre>
 *
 * <p>There are three obstacles. First, both networks add a third axis of length 1 to an array of
 * two axes before {@code rnnTimeStep}, which makes a new object without a spike train. Second, a
 * ComputationGraph passes it the input from before the vertex's preprocessor, after it has set the
 * right one by {@code setInput}. Third, frozen layers do not count as recurrent when a graph clears
 * its state ({@code StreamState.clear} does), nor when either network hands on the state of a piece
 * ({@link IncomingTrain#requirePiece}).
 */
public interface StreamingLayer extends RecurrentLayer {

  /** Runs the layer over the next piece of a stream, as {@code activate} takes its input. */
  INDArray next(INDArray piece, LayerWorkspaceMgr workspaces);

  /** What the layer carries. */
  Stream<?> stream();

  @Override
  default Map<String, INDArray> rnnGetPreviousState() {
    return stream().arrays();
  }

  @Override
  default void rnnSetPreviousState(Map<String, INDArray> state) {
    stream().set(state);
  }

  @Override
  default void rnnClearPreviousState() {
    stream().clear();
  }

  @Override
  default Map<String, INDArray> rnnGetTBPTTState() {
    return stream().arraysAfterPiece();
  }

  @Override
  default void rnnSetTBPTTState(Map<String, INDArray> state) {
    stream().setAfterPiece(state);
  }

  /**
   * The backward pass over a whole piece of truncated backpropagation; everything before it is
   * constant. Deeplearning4j 1.0.0-M2.1 calls {@code backpropGradient} instead, even for its own
   * layers, so the backward length never has an effect.
   */
  @Override
  default Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backLength, LayerWorkspaceMgr workspaces) {
    return backpropGradient(epsilon, workspaces);
  }

  /** A streaming layer that reads a spike train. */
  interface OfTrains<S> extends StreamingLayer {

    @Override
    Stream<S> stream();

    /** The train that arrives with the input. */
    IncomingTrain incoming();

    /** Goes to the state before the first step; the result returns to the state before that. */
    default Runnable goToStart() {
      S before = stream().now();
      stream().goOnWith(stream().atStart());
      return () -> stream().goOnWith(before);
    }

    /** The state of some of the samples, by their indices. */
    S ofSamples(S state, int... samples);

    /** Goes on with some of the samples, by their indices. */
    default void keep(int... samples) {
      stream().goOnWith(ofSamples(stream().now(), samples));
    }

    /**
     * Runs over the input that was set.
     *
     * @param end takes the state after a piece; null for a window
     */
    INDArray run(boolean training, S start, Consumer<S> end, LayerWorkspaceMgr workspaces);

    @Override
    default INDArray next(INDArray piece, LayerWorkspaceMgr workspaces) {
      setInput(piece, workspaces);
      return run(false, stream().now(), stream()::goOnWith, workspaces);
    }

    /**
     * In a sequence, Deeplearning4j turns the activation before it into a series of one step:
     * [minibatch, n] becomes [minibatch, n, 1], another object over the same memory.
     */
    @Override
    default INDArray rnnTimeStep(INDArray given, LayerWorkspaceMgr workspaces) {
      if (!incoming().isInSequence()) {
        return run(false, stream().now(), stream()::goOnWith, workspaces);
      }
      boolean isSeriesOfOne = given.rank() == 3 && given.size(2) == 1;
      return next(
          isSeriesOfOne ? AttachedSpikeTrains.sharing(given).orElse(given) : given, workspaces);
    }

    /** Deeplearning4j sets the state after the piece when the weights are updated. */
    @Override
    default INDArray rnnActivateUsingStoredState(
        INDArray given, boolean training, boolean storesEnd, LayerWorkspaceMgr workspaces) {
      if (incoming().isInSequence()) {
        setInput(given, workspaces);
      }
      if (training) {
        incoming().requirePiece();
        stream().beginPiece();
      }
      return run(training, stream().now(), storesEnd ? stream()::leave : end -> {}, workspaces);
    }
  }
}
