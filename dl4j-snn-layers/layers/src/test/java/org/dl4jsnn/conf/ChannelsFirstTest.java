package org.dl4jsnn.conf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChannelsFirstTest {

  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private final ChannelsFirst preprocessor = new ChannelsFirst();

  @Test
  void shouldMoveTheChannelsAndMoveThemBack() {
    INDArray images = Nd4j.rand(2, 4, 5, 3);
    INDArray moved = preprocessor.preProcess(images, 2, WORKSPACES);
    assertArrayEquals(new long[] {2, 3, 4, 5}, moved.shape());
    assertEquals(images.getDouble(1, 3, 4, 2), moved.getDouble(1, 2, 3, 4));
    assertEquals(images, preprocessor.backprop(moved, 2, WORKSPACES));
  }

  @Test
  void shouldGiveTheTypeThatSpikingLayersTake() {
    assertEquals(
        InputType.convolutional(4, 5, 3),
        preprocessor.getOutputType(InputType.convolutional(4, 5, 3, CNN2DFormat.NHWC)));
  }

  @Test
  void shouldRefuseFeaturesThatAreNotImages() {
    INDArray vectors = Nd4j.rand(2, 60);
    assertThrows(
        DL4JInvalidInputException.class, () -> preprocessor.preProcess(vectors, 2, WORKSPACES));
    InputType type = InputType.feedForward(60);
    assertThrows(DL4JInvalidConfigException.class, () -> preprocessor.getOutputType(type));
  }
}
