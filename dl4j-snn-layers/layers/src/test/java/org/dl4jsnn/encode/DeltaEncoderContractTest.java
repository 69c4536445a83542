package org.dl4jsnn.encode;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

class DeltaEncoderContractTest extends SpikeEncoderContract {

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new DeltaEncoder(0.5);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new DeltaEncoder(Double.MIN_VALUE),
        new DeltaEncoder(Double.MAX_VALUE),
        new DeltaEncoder(1.0 / 3));
  }

  @Override
  protected List<InputType> types() {
    return List.of(
        InputType.recurrent(13),
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 4, 2));
  }

  /** Half as many channels as the train, which has two for each. */
  @Override
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    FeatureShape signal =
        new FeatureShape(shape.channels() / 2, shape.height(), shape.width(), shape.spatial());
    return kind.random(signal, minibatch, steps, 6);
  }
}
