package org.dl4jsnn.internal.layer;

import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer that goes on from where the call before stopped. The one place that knows how
 * Deeplearning4j asks for it:
 *
 * <pre>
 *  rnnTimeStep               {@link #rnnTimeStep}: from the kept state, which then is that after the call
 *  fit, TruncatedBPTT        {@link #rnnActivateUsingStoredState}: from the kept state, which stays;
 *                            the state after the piece is kept apart, and
 *                            rnnSetPreviousState(rnnGetTBPTTState()) goes on to it
 *  output, fit               activate: a window of its own, which touches neither
 * </pre>
 *
 * <p>Three things stand in the way. Both networks give {@code rnnTimeStep} an array of two axes
 * with a third of length 1, as another object, beside which there is no spike train ({@link
 * PieceInput}). And a ComputationGraph gives it the input from before the vertex's preprocessor,
 * after it has told the layer the right one by {@code setInput}. And frozen layers are no recurrent
 * ones to a graph that clears its state ({@link org.dl4jsnn.model.StreamState#clear}), nor to
 * either network that hands the state of a piece on ({@link IncomingTrain#requirePiece}).
 */
public interface StreamingLayer extends RecurrentLayer {

  /**
   * Runs the layer over the next piece of a stream.
   *
   * @param piece the input, as {@code activate} takes it
   * @param workspaces where the activation goes
   * @return the activation over the piece
   */
  INDArray next(INDArray piece, LayerWorkspaceMgr workspaces);

  /**
   * The backward pass over a piece of truncated backpropagation, all of it; what came before is a
   * constant. Deeplearning4j 1.0.0-M2.1 calls {@code backpropGradient} instead, for its own layers
   * as well, so that the backward length never counts.
   */
  @Override
  default Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backLength, LayerWorkspaceMgr workspaces) {
    return backpropGradient(epsilon, workspaces);
  }
}
