package org.dl4jsnn.encode;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

class FrameEncoderContractTest extends SpikeEncoderContract {

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new FrameEncoder();
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(new FrameEncoder());
  }

  @Override
  protected List<InputType> types() {
    return List.of(
        InputType.recurrent(13),
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 9, 3, 4, 2));
  }

  @Override
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    return kind.random(shape, minibatch, steps, 6);
  }
}
