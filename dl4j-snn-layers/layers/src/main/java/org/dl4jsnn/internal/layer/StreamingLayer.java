package org.dl4jsnn.internal.layer;

import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
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
 * two axes before {@code rnnTimeStep}, which makes a new object without a spike train ({@link
 * PieceInput}). Second, a ComputationGraph passes it the input from before the vertex's
 * preprocessor, after it has set the right one by {@code setInput}. Third, frozen layers do not
 * count as recurrent when a graph clears its state ({@code StreamState.clear} does), nor when
 * either network hands on the state of a piece ({@link IncomingTrain#requirePiece}).
 */
public interface StreamingLayer extends RecurrentLayer {

  /**
   * Runs the layer over the next piece of a stream.
   *
   * @param piece the input, as {@code activate} takes it
   * @param workspaces where the activation is made
   * @return the activation over the piece
   */
  INDArray next(INDArray piece, LayerWorkspaceMgr workspaces);

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
}
