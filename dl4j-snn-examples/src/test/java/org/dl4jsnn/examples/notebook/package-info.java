/**
 * Runs the notebooks as Jupyter would: {@link org.dl4jsnn.examples.notebook.Kernel} starts the
 * kernel, {@link org.dl4jsnn.examples.notebook.Wire} speaks Jupyter's protocol with it, {@link
 * org.dl4jsnn.examples.notebook.Notebook} is a file.
 */
package org.dl4jsnn.examples.notebook;
