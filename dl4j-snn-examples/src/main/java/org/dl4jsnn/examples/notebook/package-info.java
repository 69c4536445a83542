/** The Java kernel of the notebooks: how Jupyter and the tests start it. */
package org.dl4jsnn.examples.notebook;
