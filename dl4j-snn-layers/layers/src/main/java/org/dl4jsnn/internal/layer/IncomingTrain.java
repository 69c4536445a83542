package org.dl4jsnn.internal.layer;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The spike train that a layer takes along with its input.
 *
 * <p>In a MultiLayerNetwork every activation has one consumer, which releases the train, so at most
 * two trains are alive at a time, unless a rule keeps them for its backward pass. In a
 * ComputationGraph an activation may feed several vertices; there the train stays as long as the
 * activation.
 */
public final class IncomingTrain {

  /** What to use instead of stock layers and vertices, which pass no spikes on. */
  public static final String INSTEAD_OF_STOCK_LAYERS =
      "Use .normalization(new CurrentNormalization()) on the spiking layer's builder in place of a"
          + " BatchNormalization layer, SpikingDropout for DropoutLayer, SpikingConvolution2D for"
          + " ConvolutionLayer, SpikingDepthwiseConvolution2D for DepthwiseConvolution2D,"
          + " SpikingConvolution1D for a Convolution1D along space, SpikingDense for DenseLayer,"
          + " SpikingPooling2D for SubsamplingLayer, SpikingGlobalPooling for GlobalPoolingLayer,"
          + " SpikingAdd and SpikingConcatenate for ElementWiseVertex and MergeVertex; leave"
          + " out ActivationLayer and preprocessors: spiking neurons are the activation, and spiking"
          + " layers flatten their input";

  private final String layer;
  private final boolean onlyConsumer;
  private AttachedSpikeTrains.Beside beside;

  IncomingTrain(String layer, boolean onlyConsumer) {
    this.layer = layer;
    this.onlyConsumer = onlyConsumer;
  }

  /** Whether the network is a MultiLayerNetwork, which passes each input directly. */
  boolean isInSequence() {
    return onlyConsumer;
  }

  /** Looks for the train attached to a new input. */
  void arrive(INDArray input) {
    beside = AttachedSpikeTrains.beside(input).orElse(null);
    if (onlyConsumer) {
      AttachedSpikeTrains.release(input);
    }
  }

  /** As {@link #take}, for a layer that reads the activation in its backward pass alone. */
  AttachedSpikeTrains.Beside takeSpikes(int index) {
    AttachedSpikeTrains.Beside taken = take(index);
    if (onlyConsumer) {
      taken.leaveRatesUnread();
    }
    return taken;
  }

  /**
   * Hands over the train and its inbox and forgets them; the index is the layer's place in the
   * network.
   */
  AttachedSpikeTrains.Beside take(int index) {
    if (beside == null) {
      throw new DL4JInvalidInputException(
          ("%s needs a spike train with its input, but the array it was given has none."
                  + " %sPossible cause: a stock layer, a preprocessor or a vertex between the two"
                  + " makes a new array or changes it, or the array was kept from an earlier pass."
                  + " %s. Or encode the input again with SpikeEncoding")
              .formatted(layer, producer(index), INSTEAD_OF_STOCK_LAYERS));
    }
    AttachedSpikeTrains.Beside taken = beside;
    beside = null;
    return taken;
  }

  /**
   * Checks that the train continues the piece before.
   *
   * @throws DL4JInvalidConfigException if it starts again
   */
  void requirePiece() {
    if (beside != null && !beside.isPiece()) {
      throw Stream.lost(layer + ": the layer before it");
    }
  }

  private static String producer(int index) {
    return index == 0
        ? "No layer comes before. "
        : AttachedSpikeTrains.lastProducer()
            .map(producer -> "The last spikes of this thread came from " + producer + ". ")
            .orElse("No spiking layer came before. ");
  }

  void forget() {
    beside = null;
  }
}
