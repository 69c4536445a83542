package org.dl4jsnn.examples.guide;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.model.ModelRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrustedModelsTest {

  @TempDir private Path folder;

  @Test
  void shouldLoadACustomEncoderThatIsAllowed() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.by(new EvenSpikes(4)).build())
                .layer(new SpikingDense.Builder().nOut(3).build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.feedForward(5))
                .build());
    network.init();
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    assertThrows(ModelRefusedException.class, () -> Deployment.load(file));
    assertSameBits(network.params(), Deployment.loadMore(file).params());
  }
}
