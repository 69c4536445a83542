package org.dl4jsnn.nir.network;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.nir.NirDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Imported networks train on, are saved, and go through streams. */
class NirTrainingTest {

  private static final int CLASSES = 3;

  @ParameterizedTest
  @EnumSource(
      value = TestGraphs.class,
      names = {"DENSE", "IMAGES", "ROWS", "FLAT_CYCLE", "NESTED_CYCLE", "DELAYS"})
  void shouldTrainOnThroughTime(TestGraphs graph) {
    NirImport importing =
        NirImport.by(NirDialect.norse())
            .settings(TestNets.settings())
            .backprop(new SpatioTemporalBackprop())
            .readOut(Networks.softmax(CLASSES));
    MultiLayerNetwork network = importing.multiLayerNetwork(graph.graph());
    INDArray before = network.params().dup();
    INDArray features = features(graph);
    INDArray labels = Networks.labels((int) features.size(0), CLASSES);
    DataSet data = new DataSet(features, labels);
    double first = network.score(data);
    for (int i = 0; i < 60; i++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < 0.9 * first, network.score(data) + " after " + first);
    Layer weighted =
        Arrays.stream(network.getLayers())
            .filter(layer -> layer.numParams() > 0)
            .findFirst()
            .orElseThrow();
    INDArray own = weighted.getParam("W").dup();
    INDArray changed = before.get(NDArrayIndex.interval(0, own.length()));
    assertTrue(!own.reshape(own.length()).equals(changed), "the first layer has not learned");
  }

  static INDArray features(TestGraphs graph) {
    int[] shape = graph.inputShape();
    return switch (shape.length) {
      case 1 -> TestNets.spikes(4, 6, shape[0], TestNets.STEPS);
      case 2 -> TestNets.spikes(4, 6, shape[0], TestNets.STEPS, 1, shape[1]);
      default -> TestNets.spikes(4, 6, shape[0], TestNets.STEPS, shape[1], shape[2]);
    };
  }

  @Test
  void shouldBeSavedAndLoadedAsOtherNetworks(@TempDir Path folder) throws Exception {
    MultiLayerNetwork network =
        NirImport.by(NirDialect.norse())
            .readOut(Networks.softmax(CLASSES))
            .multiLayerNetwork(TestGraphs.NESTED_CYCLE.graph());
    Path file = folder.resolve("imported.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    MultiLayerNetwork back = SafeModels.defaults().multiLayerNetwork(file);
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(network.params(), back.params());
  }

  @ParameterizedTest
  @EnumSource(
      value = TestGraphs.class,
      names = {"FLAT_CYCLE", "DELAYS"})
  void shouldFireTheSameInPiecesOfAStream(TestGraphs graph) {
    MultiLayerNetwork network = NirImport.by(NirDialect.norse()).multiLayerNetwork(graph.graph());
    INDArray features = features(graph);
    INDArray whole = network.output(features).mul(TestNets.STEPS);
    INDArray sum = Nd4j.zerosLike(whole);
    for (int first = 0; first < TestNets.STEPS; first += 5) {
      INDArrayIndex[] piece = new INDArrayIndex[features.rank()];
      Arrays.fill(piece, NDArrayIndex.all());
      piece[2] = NDArrayIndex.interval(first, first + 5);
      sum.addi(network.rnnTimeStep(features.get(piece).dup('c')).mul(5));
    }
    assertTrue(whole.equalsWithEps(sum, 1e-5), whole + " beside " + sum);
  }

  @Test
  void shouldShowConstantFeaturesAtEveryStep() {
    MultiLayerNetwork network =
        NirImport.by(NirDialect.norse()).direct(8).multiLayerNetwork(TestGraphs.DENSE.graph());
    MultiLayerNetwork inTime =
        NirImport.by(NirDialect.norse()).multiLayerNetwork(TestGraphs.DENSE.graph());
    INDArray features = Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), 2, 6);
    INDArray repeated = Nd4j.zeros(DataType.FLOAT, 2, 6, 8);
    repeated.addi(features.reshape(2, 6, 1));
    assertSameBits(inTime.output(repeated), network.output(features));
  }
}
