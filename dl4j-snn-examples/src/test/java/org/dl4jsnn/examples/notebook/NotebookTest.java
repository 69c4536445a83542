package org.dl4jsnn.examples.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

class NotebookTest {

  @TempDir private Path folder;

  private static final String TEXT =
      """
      {
       "cells": [
        {
         "cell_type": "markdown",
         "id": "a",
         "metadata": {},
         "source": [
          "# λ\\n",
          "text"
         ]
        },
        {
         "cell_type": "code",
         "execution_count": 7,
         "id": "b",
         "metadata": {},
         "outputs": [],
         "source": [
          "int x = 1;\\n",
          "x"
         ]
        }
       ],
       "metadata": {
        "kernelspec": {
         "name": "dl4j-snn"
        }
       },
       "nbformat": 4,
       "nbformat_minor": 5
      }
      """;

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("some.ipynb"), TEXT);
  }

  @Test
  void shouldWriteAsJupyterDoes() throws IOException {
    Path file = file();
    Notebook.read(file).write();
    assertEquals(TEXT, Files.readString(file));
  }

  @Test
  void shouldFindTheCode() throws IOException {
    List<Notebook.Cell> code = Notebook.read(file()).code();
    assertEquals(1, code.size());
    assertEquals(2, code.get(0).number());
    assertEquals("int x = 1;\nx", code.get(0).source());
  }

  @Test
  void shouldKeepOutputsAsNotebooksDo() {
    CellOutputs outputs = new CellOutputs();
    outputs.add(stream("stdout", "a\nb"));
    outputs.add(stream("stdout", "c\n"));
    outputs.add(stream("stderr", "d"));
    outputs.add(new Wire.Message("status", "", Notebook.JSON.createObjectNode()));
    ObjectNode image = Notebook.JSON.createObjectNode().put("execution_count", 3);
    image.putObject("data").put("image/png", "iVBO").put("text/plain", "x\ny");
    outputs.add(new Wire.Message("execute_result", "", image));
    assertEquals(
        "[{'name':'stdout','output_type':'stream','text':['a\\n','bc\\n']},"
            + "{'name':'stderr','output_type':'stream','text':['d']},"
            + "{'output_type':'execute_result','data':{'image/png':'iVBO',"
            + "'text/plain':['x\\n','y']},'metadata':{},'execution_count':3}]",
        outputs.finished().toString().replace('"', '\''));
  }

  private static Wire.Message stream(String name, String text) {
    ObjectNode content = Notebook.JSON.createObjectNode().put("name", name).put("text", text);
    return new Wire.Message("stream", "", content);
  }
}
