/** Puts the page together: the line to the lab, the stores on its stream, the view. */
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app.vue';
import { connectLab } from './lab-client/connect-lab.ts';
import { openLogWorker } from './log-worker/open-log-worker.ts';
import { wireStores } from './stores/wire.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/menu.css';

// First of all: on the desktop the port is posted as soon as the document has loaded.
const client = connectLab();

const app = createApp(App);
app.use(createPinia());
wireStores(client, openLogWorker());
app.mount('#app');
